using System.Text.Json.Nodes;
using TorchSharp;

namespace OmniGen2.Cli.Bench;

/// <summary>What was measured on which machine, as a table or as one line of JSON.</summary>
internal sealed class BenchReport(string model, BenchSettings settings)
{
    private readonly List<Figure> _figures = [];

    public void Add(Figure figure) => _figures.Add(figure);

    public void AddMedian(Samples samples, string key, string label, FigureUnit unit) => Add(new Figure(key, label, samples.Median(key), unit));

    public void Write(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(ToJson());
        }
        else
        {
            WriteTable(output);
        }
    }

    private string ToJson()
    {
        var json = new JsonObject
        {
            ["model"] = model,
            ["device"] = settings.Device.ToString(),
            ["dtype"] = DType,
            ["threads"] = torch.get_num_threads(),
            ["libtorch"] = torch.__version__,
            ["size"] = settings.Size,
            ["steps"] = settings.Steps,
            ["repeats"] = settings.Repeats,
        };
        foreach (var figure in _figures)
        {
            json[figure.Key] = figure.Value;
        }

        return json.ToJsonString();
    }

    private void WriteTable(TextWriter output)
    {
        output.WriteLine($"{model}, {DType} on {settings.Device}, {torch.get_num_threads()} threads, libtorch {torch.__version__}, median of {settings.Repeats}");
        var width = _figures.Max(f => f.Label.Length);
        var numbers = _figures.Max(f => f.Text.Length);
        foreach (var figure in _figures)
        {
            output.WriteLine($"  {figure.Label.PadRight(width)}  {figure.Text.PadLeft(numbers)}");
        }
    }

    private string DType => settings.DType == torch.ScalarType.Float32 ? "fp32" : "bf16";
}
