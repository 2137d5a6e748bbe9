using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

/// <summary>Steps that are recorded have the velocities of those that are not, bit by bit.</summary>
[Collection(nameof(TensorCounting))]
public sealed class SessionGraphsTests : IDisposable
{
    private static readonly string[][] Steps = [["cond", "ref", "uncond"], ["cond"], ["cond", "ref", "uncond"], ["cond", "ref", "uncond"], ["cond"], ["cond"], ["uncond", "cond"]];

    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly GoldenCase _golden = new("dit-tiny/case3_two_refs.safetensors");
    private readonly Tensor _negative = new GoldenCase("dit-tiny/case1_t2i.safetensors").Text();
    private readonly GraphPolicy _policy = new(torch.CPU) { IsAnywhere = true };

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Recorded_steps_are_those_of_a_plain_session(ScalarType precision)
    {
        var model = TinyTransformer.Load(precision);
        using var plain = model.Begin(Plan());
        using var recorded = model.Begin(Plan() with { Graphs = _policy });
        var (expected, found) = (new List<float[]>(), new List<Tensor>());
        for (var step = 0; step < Steps.Length; step++)
        {
            var latents = _golden.Latent() * (1 - (0.1 * step));
            expected.AddRange(plain.Velocities(step, latents, Steps[step]).Select(v => v.Floats()));
            found.AddRange(recorded.Velocities(step, latents, Steps[step]));
            Assert.Equal(Steps[step].Length, recorded.Passes);
        }

        Assert.Equal(expected, found.Select(v => v.Floats()));
        Assert.Equal(2, _policy.Recordings);   // all three branches and one; the last pair came once
    }

    [Fact]
    public void Side_by_side_nothing_is_recorded_and_alone_it_goes_on()
    {
        var model = TinyTransformer.Load();
        using var plain = model.Begin(Plan());
        using var first = model.Begin(Plan() with { Graphs = _policy });
        using var second = model.Begin(Plan() with { Graphs = _policy });
        for (var step = 0; step < 4; step++)
        {
            var expected = plain.Velocities(step, _golden.Latent(), "cond")[0].Floats();
            var asked = new VelocityStep(first, step, _golden.Latent(), ["cond"]);
            var found = step == 1 ? VelocitySession.Together(asked, asked with { Session = second })[0] : VelocitySession.Together(asked)[0];
            Assert.Equal(expected, found[0].Floats());
        }

        Assert.Equal(1, _policy.Recordings);
    }

    [Fact]
    public void Sessions_with_caches_and_large_pictures_are_not_recorded()
    {
        var model = TinyTransformer.Load();
        Run(model, Plan() with { Cache = new CacheOptions.TaylorSeer(), Graphs = _policy });
        Run(model, Plan() with { Height = 64, Width = 130, References = [], Graphs = _policy });
        Run(model, Plan() with { References = [torch.zeros(1, 16, 64, 130)], Branches = [new("cond", _golden.Text(), false)], Graphs = _policy });
        Assert.Equal(0, _policy.Recordings);
        Run(model, Plan() with { References = [torch.zeros(1, 16, 32, 32)], Branches = [new("cond", _golden.Text(), false)], Graphs = _policy });
        Assert.Equal(1, _policy.Recordings);
    }

    [Fact]
    public void Memory_of_recordings_ends_with_the_session()
    {
        var model = TinyTransformer.Load();
        Run(model, Plan() with { Graphs = _policy });
        var before = Accelerator.LiveTensors;
        using (torch.NewDisposeScope())
        {
            Run(model, Plan() with { Graphs = _policy });
        }

        Assert.Equal(before, Accelerator.LiveTensors);
        Assert.Equal(2, _policy.Recordings);
    }

    public void Dispose() => _scope.Dispose();

    private static void Run(OmniGen2Transformer model, VelocityPlan plan)
    {
        using var session = model.Begin(plan);
        for (var step = 0; step < 2; step++)
        {
            session.Velocities(step, torch.ones(1, 16, plan.Height, plan.Width), "cond");
        }
    }

    private VelocityPlan Plan() => new()
    {
        Height = 8,
        Width = 12,
        Times = [0, 0.1f, 0.2f, 0.3125f, 0.4f, 0.640625f, 0.8f],
        References = _golden.References(),
        Branches = [new("cond", _golden.Text(), true), new("ref", _negative, true), new("uncond", _negative, false)],
    };
}
