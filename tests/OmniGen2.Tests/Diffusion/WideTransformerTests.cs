using System.Text.Json;
using OmniGen2.Evaluation.Parity;
using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

/// <summary>Conditioning narrower than the network, heads of 120 channels; 85 million weights made by a formula.</summary>
public sealed class WideTransformerTests : IDisposable
{
    private readonly JsonDocument _fill = JsonDocument.Parse(GoldenFile.Text("dit-wide/fill.json"));

    [Fact]
    public void Weights_made_by_the_formula_are_those_of_the_original_run_and_so_is_all_that_follows()
    {
        using var scope = torch.NewDisposeScope();
        var tensors = Fill();
        using var source = new DictionarySource(tensors);
        var model = source.Build(w => new OmniGen2Transformer(Config(), w));
        new GoldenRun(new GoldenCase("dit-wide/t2i.safetensors"), model, 1e-5).CompareAll();
        new GoldenRun(new GoldenCase("dit-wide/two_refs.safetensors"), model, 1e-5).CompareAll();
    }

    public void Dispose() => _fill.Dispose();

    private TransformerConfig Config()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var config = _fill.RootElement.GetProperty("config").Deserialize<Dictionary<string, object?>>()!;
            config["_class_name"] = "OmniGen2Transformer2DModel";
            File.WriteAllText(path, JsonSerializer.Serialize(config));
            return TransformerConfig.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private Dictionary<string, Tensor> Fill()
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var entry in _fill.RootElement.GetProperty("tensors").EnumerateObject())
        {
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            var values = ClosedFormWeights.Fill(entry.Name, shape, salt: 0);
            Check(entry, values);
            tensors[entry.Name] = torch.tensor(values, shape);
        }

        Assert.Equal(_fill.RootElement.GetProperty("parameters").GetInt64(), tensors.Values.Sum(t => t.numel()));
        return tensors;
    }

    private static void Check(JsonProperty entry, float[] values)
    {
        Assert.Equal(entry.Value.GetProperty("crc32_of_name").GetUInt32(), ClosedFormWeights.Crc(entry.Name));
        Assert.Equal(entry.Value.GetProperty("first4").EnumerateArray().Select(v => v.GetSingle()), values.Take(4));
        Assert.Equal(entry.Value.GetProperty("last").GetSingle(), values[^1]);
        var squares = entry.Value.GetProperty("sum_of_squares_fp64").GetDouble();
        Assert.Equal(entry.Value.GetProperty("sum_fp64").GetDouble(), values.Sum(v => (double)v), 1e-9 * squares);
        Assert.Equal(squares, values.Sum(v => (double)v * v), 1e-9 * squares);
    }
}
