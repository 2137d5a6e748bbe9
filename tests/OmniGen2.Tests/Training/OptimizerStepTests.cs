using OmniGen2.Models.Diffusion;
using OmniGen2.Tests.Diffusion;
using OmniGen2.Training.Flow;
using OmniGen2.Training.Optimizers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

/// <summary>One step on the recorded small network against numbers that no gradient code has touched: slopes by differences, the step by the formula.</summary>
public sealed class OptimizerStepTests : IDisposable
{
    private const double LearningRate = 1e-3;
    private const double Decay = 0.1;

    // As large as the gradients are, so that their size is seen in the step and not only their sign.
    private const double Eps = 1e-3;

    private static readonly string[] Probed =
    [
        "x_embedder.weight",
        "ref_image_patch_embedder.bias",
        "image_index_embedding",
        "time_caption_embed.timestep_embedder.linear_1.weight",
        "time_caption_embed.caption_embedder.1.weight",
        "context_refiner.0.attn.to_q.weight",
        "noise_refiner.1.feed_forward.linear_3.weight",
        "ref_image_refiner.0.attn.norm_k.weight",
        "layers.0.norm1.linear.weight",
        "layers.1.attn.to_v.weight",
        "layers.2.ffn_norm2.weight",
        "norm_out.linear_2.weight",
    ];

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    private readonly GoldenCase _golden = new("dit-tiny/case2_one_ref.safetensors");

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void AdamW_moves_the_recorded_network_as_differences_and_the_formula_say()
    {
        var options = new SafetensorsOptions { Trainable = true, DType = ScalarType.Float64 };
        using var source = SafetensorsSource.Open(GoldenFile.Path(TinyTransformer.WeightsFile), options);
        var model = source.Build(w => new OmniGen2Transformer(TinyTransformer.Config, w));
        var expected = Probed.ToDictionary(name => name, name => Expected(model, source.Parameters[name].detach().view(-1)[5]));

        using var adam = new AdamW([new ParameterGroup(source.Parameters, LearningRate, Decay)], 0.9, 0.95, Eps);
        Loss(model).backward();
        adam.Step();
        using var noGrad = torch.no_grad();
        foreach (var (name, value) in expected)
        {
            Assert.Equal(value, source.Parameters[name].view(-1)[5].item<double>(), 1e-8);
        }
    }

    // In the first step the corrected averages are g and g².
    private double Expected(OmniGen2Transformer model, Tensor number)
    {
        using var noGrad = torch.no_grad();
        var start = number.item<double>();
        var above = At(start + 1e-4);
        var below = At(start - 1e-4);
        number.fill_(start);
        var slope = (above - below) / 2e-4;
        Assert.NotEqual(0, slope);
        return (start * (1 - (LearningRate * Decay))) - (LearningRate * slope / (Math.Abs(slope) + Eps));

        double At(double value)
        {
            number.fill_(value);
            return Loss(model).item<double>();
        }
    }

    private Tensor Loss(OmniGen2Transformer model)
    {
        var point = new FlowPoint(_golden.Latent(), _golden.Timestep(), _golden.Read("out.s0.output").unsqueeze(0) + 1);
        return FlowMatching.Loss(model.Forward(point.X, point.T, _golden.Text(), _golden.References()), point.Velocity).mean();
    }
}
