using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

public sealed class TransformerTrainingTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly GoldenCase _golden = new("dit-tiny/case3_two_refs.safetensors");

    [Fact]
    public void Fresh_network_says_exactly_nothing_and_learns()
    {
        using var source = new FreshSource(seed: 7);
        var model = new OmniGen2Transformer(TinyTransformer.Config, source.Root);
        var velocity = Velocity(model);
        Assert.All(velocity.Floats(), v => Assert.Equal(0, v));
        (velocity - 1).pow(2).mean().backward();
        Assert.Contains(source.Parameters["norm_out.linear_2.bias"].grad!.Floats(), v => v != 0);
    }

    [Fact]
    public void Gradient_of_every_weight_predicts_the_change_of_the_loss()
    {
        using var source = SafetensorsSource.Open(GoldenFile.Path(TinyTransformer.WeightsFile), new SafetensorsOptions { Trainable = true });
        var model = source.Build(w => new OmniGen2Transformer(TinyTransformer.Config, w));
        var loss = Loss(model);
        loss.backward();
        Assert.All(source.Parameters, p => Assert.True(p.Value.grad is not null, p.Key));

        // A step along the gradient of all weights at once must change the loss as the gradient says.
        var slope = source.Parameters.Values.Sum(p => (double)p.grad!.pow(2).sum().item<float>());
        var step = 1e-3 * loss.item<float>() / slope;
        using (torch.no_grad())
        {
            foreach (var parameter in source.Parameters.Values)
            {
                parameter.sub_(parameter.grad! * step);
            }

            var predicted = step * slope;
            Assert.InRange((loss.item<float>() - Loss(model).item<float>()) / predicted, 0.95, 1.05);
        }
    }

    public void Dispose() => _scope.Dispose();

    private Tensor Velocity(OmniGen2Transformer model) =>
        model.Forward(_golden.Latent(), _golden.Timestep(), _golden.Text(), _golden.References());

    private Tensor Loss(OmniGen2Transformer model) => (Velocity(model) - _golden.Read("out.s0.output") - 1).pow(2).mean();
}
