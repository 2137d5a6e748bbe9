using OmniGen2.Models.Diffusion;
using OmniGen2.Tests.Diffusion;
using TorchSharp;

namespace OmniGen2.Tests.Caching;

public sealed class TaylorSeerTests : IDisposable
{
    private const int Steps = 16;

    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly GoldenCase _golden = new("dit-tiny/case2_one_ref.safetensors");
    private readonly OmniGen2Transformer _model = TinyTransformer.Load();

    [Fact]
    public void Series_of_the_last_layers_noise_tokens_gives_the_bits_of_series_of_every_layer()
    {
        var plan = new VelocityPlan
        {
            Height = 8,
            Width = 12,
            Times = [.. Enumerable.Range(0, Steps).Select(i => i / (float)Steps)],
            References = _golden.References(),
            Cache = new CacheOptions.TaylorSeer(),
            Branches = [new("cond", _golden.Text(), true)],
        };
        using var session = _model.Begin(plan);
        var plain = new EveryLayerSeries(_model, plan);
        var passes = 0;
        for (var step = 0; step < Steps; step++)
        {
            var latents = _golden.Latent() * (1 - (0.04 * step));
            var velocity = session.Velocities(step, latents, "cond")[0];
            Assert.Equal(plain.Velocity(step, latents).Floats(), velocity.Floats());
            passes += session.Passes;
        }

        Assert.Equal(8, passes);   // 0 1 2 3 4 7 10 13
    }

    public void Dispose() => _scope.Dispose();
}
