using System.Text.Json.Nodes;
using OmniGen2.Cli.Shell;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>What a report says before its figures: what was measured, on what, how often.</summary>
/// <param name="Subject">The checkpoint, or what was done.</param>
/// <param name="Device">Where.</param>
/// <param name="DType">What was computed in.</param>
/// <param name="Repeats">Measured runs.</param>
internal sealed record BenchHead(string Subject, Device Device, ScalarType DType, int Repeats)
{
    /// <summary>Only in JSON.</summary>
    public IReadOnlyList<(string Key, int Value)> Numbers { get; init; } = [];

    public static BenchHead Of(string model, BenchSettings settings) => new(model, settings.Device, settings.DType, settings.Repeats)
    {
        Weights = settings.Weights,
        Numbers = [("size", settings.Size), ("steps", settings.Steps)],
    };

    /// <summary>How the layers of blocks were kept.</summary>
    public BlockWeights Weights { get; init; }

    public string Line => $"{Subject}, {Word}{Kept} on {Device}, {get_num_threads()} threads, libtorch {__version__}, median of {Repeats}";

    private string Kept => Weights switch
    {
        BlockWeights.Int8 => " with 8-bit weights",
        BlockWeights.Float8 => " with fp8 weights",
        _ => "",
    };

    private string Word => DType == ScalarType.Float32 ? "fp32" : "bf16";

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["model"] = Subject,
            ["device"] = Device.ToString(),
            ["dtype"] = Word,
            ["threads"] = get_num_threads(),
            ["libtorch"] = __version__,
        };
        if (Weights != BlockWeights.Full)
        {
            json["weights"] = CommonOptions.NameOf(Weights);
        }

        foreach (var (key, value) in Numbers.Append(("repeats", Repeats)))
        {
            json[key] = value;
        }

        return json;
    }
}
