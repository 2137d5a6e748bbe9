using System.Text.Json.Nodes;
using OmniGen2.Models.Diffusion;

namespace OmniGen2.Tests.Diffusion;

public sealed class TransformerConfigTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData("hidden_size", "97", "hidden_size 97 is not divisible by num_attention_heads 4")]
    [InlineData("hidden_size", "0", "'hidden_size' = 0")]
    [InlineData("hidden_size", "null", "lacks the key 'hidden_size'")]
    [InlineData("hidden_size", "\"wide\"", "which is not a whole number")]
    [InlineData("hidden_size", "192", "must sum to hidden_size / num_attention_heads = 48")]
    [InlineData("num_kv_heads", "3", "num_attention_heads 4 is not divisible by num_kv_heads 3")]
    [InlineData("num_layers", "0", "'num_layers' = 0")]
    [InlineData("num_refiner_layers", "-1", "'num_refiner_layers' = -1")]
    [InlineData("axes_dim_rope", "[12, 12]", "axes_dim_rope [12, 12] must be three numbers")]
    [InlineData("axes_dim_rope", "[9, 7, 8]", "axes_dim_rope [9, 7, 8] must be even numbers above 0")]
    [InlineData("axes_dim_rope", "[8, 8, 10]", "axes_dim_rope [8, 8, 10] must sum to hidden_size / num_attention_heads = 24")]
    [InlineData("out_channels", "8", "out_channels 8 must equal in_channels 16")]
    [InlineData("ffn_dim_multiplier", "-1", "ffn_dim_multiplier -1 gives no usable feed-forward width")]
    [InlineData("ffn_dim_multiplier", "1e300", "ffn_dim_multiplier 1E+300 gives no usable feed-forward width")]
    [InlineData("timestep_scale", "0", "timestep_scale 0 must be above 0")]
    [InlineData("norm_eps", "-1e-5", "norm_eps -1E-05 must be above 0")]
    [InlineData("_class_name", "\"FluxTransformer2DModel\"", "is for class 'FluxTransformer2DModel'")]
    public void Impossible_configuration_is_refused_by_name_and_numbers(string key, string value, string message)
    {
        var config = JsonNode.Parse(GoldenFile.Text("dit-tiny/config.json"))!.AsObject();
        config[key] = JsonNode.Parse(value);
        File.WriteAllText(_path, config.ToJsonString());
        var fault = Assert.ThrowsAny<ModelException>(() => TransformerConfig.Load(_path));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains(_path, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2520, 256, 1, 10240)]
    [InlineData(96, 100, 1, 400)]
    [InlineData(192, 64, 0.6667, 512)]
    public void Feed_forward_width_is_rounded_up_to_a_multiple(int hidden, int multiple, double factor, long expected)
    {
        var config = TinyTransformer.Config with { HiddenSize = hidden, MultipleOf = multiple, FfnDimMultiplier = factor };
        Assert.Equal(expected, config.FeedForwardSize);
    }

    public void Dispose() => File.Delete(_path);
}
