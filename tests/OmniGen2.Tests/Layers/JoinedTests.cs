using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Layers;

/// <summary>Gate and up of small blocks in one product.</summary>
public sealed class JoinedTests
{
    private static readonly string Folder = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini/transformer");

    [Fact]
    public void One_product_gives_what_two_give()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var config = TransformerConfig.Load(CheckpointFolder.Config(Folder));
        using var generator = new Generator(3, CPU);
        var x = randn([1, 50, config.HiddenSize], generator: generator);
        using var joined = SafetensorsSource.Open(Folder);
        using var apart = SafetensorsSource.Open(Folder, new SafetensorsOptions { Trainable = true });
        var (one, two) = (Forward(joined), Forward(apart));
        Assert.InRange((one - two).abs().max().item<float>(), 0, 1e-5f * two.abs().max().item<float>());
        Assert.Equal(3L * config.HiddenSize * config.FeedForwardSize * 4, apart.Bytes);
        Assert.Equal(5L * config.HiddenSize * config.FeedForwardSize * 4, joined.Bytes);

        Tensor Forward(WeightSource source) => new FeedForward(source.Root["layers"][0]["feed_forward"], config).Forward(x);
    }
}
