using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Layers;
using OmniGen2.Models.Vae;
using OmniGen2.Models.Vision;
using OmniGen2.Tests.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

public sealed class LayerGradientTests : IDisposable
{
    private static readonly TransformerConfig Small = new()
    {
        HiddenSize = 24,
        NumLayers = 1,
        NumRefinerLayers = 1,
        NumAttentionHeads = 2,
        NumKvHeads = 1,
        AxesDimRope = [4, 4, 4],
        TextFeatDim = 6,
        TimestepScale = 10,
        InChannels = 2,
        MultipleOf = 8,
    };

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    private readonly GradientCheck _check = new();

    public void Dispose()
    {
        _check.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Linear()
    {
        var (layer, x) = (_check.Weights.Root.Linear(5, 3), _check.Input(2, 4, 5));
        _check.Check(() => layer.Forward(x));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Convolution(int stride, int padding)
    {
        var (layer, x) = (_check.Weights.Root.Conv2d(3, 4, 3, stride, padding), _check.Input(2, 3, 7, 6));
        _check.Check(() => layer.Forward(x));
    }

    [Fact]
    public void Root_mean_square_norm_with_and_without_scale()
    {
        var (layer, x, scale) = (_check.Weights.Root.RmsNorm(6, 1e-5), _check.Input(2, 3, 6), _check.Input(2, 1, 6));
        _check.Check(() => layer.Forward(x) + layer.Forward(x, scale).square());
    }

    [Fact]
    public void Group_norm()
    {
        var (layer, x) = (_check.Weights.Root.GroupNorm(2, 6, 1e-6), _check.Input(2, 6, 3, 4));
        _check.Check(() => layer.Forward(x));
    }

    [Fact]
    public void Layer_norm()
    {
        var x = _check.Input(2, 3, 8);
        _check.Check(() => new LayerNorm(1e-6).Forward(x));
    }

    [Fact]
    public void Embedding()
    {
        var layer = _check.Weights.Root.Embedding(5, 4);
        _check.Check(() => layer.Forward(torch.tensor(new long[] { 1, 3, 3, 0 })), probes: 20);
    }

    [Fact]
    public void Attention_of_grouped_heads_with_a_mask()
    {
        var (q, k, v) = (_check.Input(2, 4, 3, 6), _check.Input(2, 2, 5, 6), _check.Input(2, 2, 5, 6));
        var mask = torch.ones([1, 1, 3, 5], dtype: ScalarType.Bool).tril(2);
        _check.Check(() => Attention.Attend(q, k, v, mask), probes: 12);
    }

    [Fact]
    public void Gated_feed_forward()
    {
        var (layer, x) = (new GatedMlp(_check.Weights.Root, 6, 10, bias: true), _check.Input(2, 3, 6));
        _check.Check(() => layer.Forward(x));
    }

    [Fact]
    public void Rotary_positions_of_both_kinds()
    {
        var (heads, halves) = (_check.Input(1, 2, 6, 12), _check.Input(1, 2, 6, 8));
        var rotary = new Rotary(TokenPositions(6), [4, 4, 4], CPU);
        var angles = torch.arange(24, dtype: ScalarType.Float64).view(6, 4) * 0.3;
        var half = new HalfRotary(angles.cos(), angles.sin());
        _check.Check(() => torch.cat([rotary.Turn(heads).flatten(), half.Turn(halves).flatten()]), probes: 12);
    }

    [Fact]
    public void Transformer_block()
    {
        var block = new TransformerBlock(_check.Weights.Root, Small);
        var (x, conditioning) = (_check.Input(2, 5, 24), _check.Input(2, 24));
        var rotary = new Rotary(TokenPositions(5), Small.AxesDimRope, CPU);
        _check.Check(() => block.Forward(x, block.Modulate(conditioning), rotary, kept: 3));
    }

    [Fact]
    public void Whole_transformer_with_a_reference()
    {
        var model = new OmniGen2Transformer(Small, _check.Weights.Root);
        var (latent, text, reference) = (_check.Input(2, 2, 4, 2), _check.Input(2, 3, 6), _check.Input(2, 2, 2, 4));
        var t = torch.tensor([0.25, 0.75]);
        _check.Check(() => model.Forward(latent, t, text, [reference]), probes: 2);
    }

    [Fact]
    public void Block_of_the_autoencoder()
    {
        var block = new ResnetBlock(_check.Weights.Root, 4, 8, new VaeConfig { NormGroups = 2 });
        var x = _check.Input(1, 4, 5, 4);
        _check.Check(() => block.Forward(x));
    }

    [Fact]
    public void Whole_autoencoder()
    {
        var config = new VaeConfig { LatentChannels = 2, BlockChannels = [4, 4, 4, 4], LayersPerBlock = 1, NormGroups = 2 };
        var vae = new AutoencoderKL(_check.Weights.Root, config);
        var picture = _check.Input(1, 3, 16, 8);
        _check.Check(() => vae.Decode(vae.ToModelSpace(vae.Encoder.Forward(picture).narrow(1, 0, 2))), probes: 1);
    }

    [Fact]
    public void Layer_of_the_language_model()
    {
        var config = QwenCases.Config with { HiddenSize = 16, IntermediateSize = 24, Heads = 2, KeyHeads = 1 };
        var layer = new DecoderLayer(_check.Weights.Root, config);
        var x = _check.Input(2, 4, 16);
        var angles = torch.arange(16, dtype: ScalarType.Float64).view(4, 4) * 0.2;
        var rotary = new HalfRotary(angles.cos(), angles.sin());
        _check.Check(() => layer.Forward(x, rotary, null, null));
    }

    [Fact]
    public void Vision_tower_with_windows_and_whole_pictures()
    {
        var config = new VisionConfig
        {
            HiddenSize = 16,
            IntermediateSize = 20,
            OutputSize = 6,
            Layers = 2,
            Heads = 2,
            PatchSize = 2,
            TemporalPatchSize = 1,
            WindowSize = 8,
            FullAttentionLayers = [1],
        };
        var tower = new VisionTower(_check.Weights.Root, config);
        var layout = VisionLayout.Of([new ImageGrid(6, 4), new ImageGrid(2, 4)], config);
        var patches = _check.Input(32, config.PatchValues);
        _check.Check(() => tower.Forward(patches, layout), probes: 2);
    }

    [Fact]
    public void Layer_of_the_language_model_under_a_mask()
    {
        var config = QwenCases.Config with { HiddenSize = 16, IntermediateSize = 24, Heads = 2, KeyHeads = 1 };
        var layer = new DecoderLayer(_check.Weights.Root, config);
        var x = _check.Input(2, 4, 16);
        var angles = torch.arange(16, dtype: ScalarType.Float64).view(4, 4) * 0.2;
        var mask = torch.tensor(new double[] { 0, -1e30, -1e30, -1e30, 0, 0, -1e30, -1e30, 0, -1e30, 0, -1e30, 0, -1e30, 0, 0 }, [1, 1, 4, 4]);
        _check.Check(() => layer.Forward(x, new HalfRotary(angles.cos(), angles.sin()), null, null, mask));
    }

    [Fact]
    public void Language_model_over_a_padded_batch()
    {
        var config = QwenCases.Config with { Layers = 2, VocabSize = 30 };
        var model = new LanguageModel(_check.Weights.Root["model"], _check.Weights.Root["lm_head"], config);
        var ids = torch.tensor(new long[] { 1, 5, 2, 0, 7, 7, 3, 9 }, [2, 4]);
        var positions = new[] { new QwenPrompt([1, 5, 2]), new QwenPrompt([7, 7, 3, 9]) }.Select(p => Models.Language.TokenPositions.Of(p, config).PadTo(4)).ToList();
        _check.Check(() => model.Forward(model.Embed(ids), model.Rotary(positions, null), null, null), probes: 1);
    }

    private static IEnumerable<TokenPosition> TokenPositions(int count) =>
        Enumerable.Range(0, count).Select(i => new TokenPosition(i, i % 3, i % 2));
}
