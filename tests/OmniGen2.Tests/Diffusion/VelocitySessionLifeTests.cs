using OmniGen2.Models.Diffusion;
using TorchSharp;

namespace OmniGen2.Tests.Diffusion;

[Collection(nameof(TensorCounting))]
public class VelocitySessionLifeTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(typeof(CacheOptions.TaylorSeer))]
    [InlineData(typeof(CacheOptions.TeaCache))]
    public void Finished_session_leaves_no_tensor_behind(Type? cache)
    {
        var model = TinyTransformer.Load();
        var before = Accelerator.LiveTensors;
        using (torch.NewDisposeScope())
        {
            var golden = new GoldenCase("dit-tiny/case3_two_refs.safetensors");
            using var session = model.Begin(new VelocityPlan
            {
                Height = 8,
                Width = 12,
                Times = [0, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f],
                References = golden.References(),
                Cache = Options(cache),
                Branches = [new("cond", golden.Text(), true), new("uncond", golden.Text(), false)],
            });
            for (var step = 0; step < 8; step++)
            {
                session.Velocities(step, golden.Latent(), "cond", "uncond");
            }
        }

        Assert.Equal(before, Accelerator.LiveTensors);
    }

    private static CacheOptions? Options(Type? cache) => cache switch
    {
        null => null,
        _ when cache == typeof(CacheOptions.TeaCache) => new CacheOptions.TeaCache(5),
        _ => new CacheOptions.TaylorSeer(),
    };
}
