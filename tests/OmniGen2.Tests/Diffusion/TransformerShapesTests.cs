using System.Text.Json;
using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

public class TransformerShapesTests
{
    /// <summary>The released network.</summary>
    internal static readonly TransformerConfig Released = new()
    {
        HiddenSize = 2520,
        NumLayers = 32,
        NumRefinerLayers = 2,
        NumAttentionHeads = 21,
        NumKvHeads = 7,
        AxesDimRope = [40, 40, 40],
        TextFeatDim = 2048,
        TimestepScale = 1000,
    };

    [Fact]
    public void Names_and_shapes_of_the_released_network_are_those_of_the_original_without_any_weights()
    {
        using var recorder = new ShapeRecorder(ScalarType.BFloat16);
        _ = new OmniGen2Transformer(Released, recorder.Root);
        Assert.Equal(GoldenFile.Text("shapes/transformer.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries), recorder.Lines());

        using var counts = JsonDocument.Parse(GoldenFile.Text("shapes/counts.json"));
        var expected = counts.RootElement.GetProperty("transformer");
        Assert.Equal(expected.GetProperty("tensors").GetInt32(), recorder.Parameters.Count);
        Assert.Equal(expected.GetProperty("parameters").GetInt64(), recorder.Parameters.Values.Sum(t => t.numel()));
        var modulation = recorder.Parameters.Where(p => p.Key.Contains(".norm1.linear.", StringComparison.Ordinal));
        Assert.Equal(expected.GetProperty("modulation_linear_parameters").GetInt64(), modulation.Sum(p => p.Value.numel()));
    }
}
