using OmniGen2.Models.Diffusion;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

public sealed class VelocitySessionTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly GoldenCase _golden = new("dit-tiny/case3_two_refs.safetensors");
    private readonly Tensor _negative = new GoldenCase("dit-tiny/case1_t2i.safetensors").Text();

    [Fact]
    public void Branches_that_share_their_work_get_the_velocities_of_separate_runs()
    {
        var model = TinyTransformer.Load();
        using var session = model.Begin(Plan());
        Assert.Equal([[.. Separate(model, 1, _golden.Text(), true)], [.. Separate(model, 1, _negative, true)], [.. Separate(model, 1, _negative, false)]],
            session.Velocities(1, _golden.Latent(), "cond", "ref", "uncond").Select(v => v.Floats()), Same);
        Assert.Equal(3, session.Passes);
    }

    [Fact]
    public void Any_subset_of_branches_comes_back_in_the_order_asked_for()
    {
        using var session = TinyTransformer.Load().Begin(Plan());
        var all = session.Velocities(0, _golden.Latent(), "cond", "ref", "uncond");
        var some = session.Velocities(0, _golden.Latent(), "uncond", "cond");
        Assert.Equal([all[2].Floats(), all[0].Floats()], some.Select(v => v.Floats()));
        Assert.Equal(2, session.Passes);
    }

    [Fact]
    public void Streaming_from_the_mapped_file_changes_no_bit()
    {
        using var resident = TinyTransformer.Load(ScalarType.BFloat16).Begin(Plan());
        using var streamed = TinyTransformer.LoadStreamed().Begin(Plan());
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(
                resident.Velocities(step, _golden.Latent(), "cond", "ref", "uncond").Select(v => v.Floats()),
                streamed.Velocities(step, _golden.Latent(), "cond", "ref", "uncond").Select(v => v.Floats()));
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Sessions_side_by_side_have_the_velocities_of_each_alone_bit_by_bit(ScalarType precision)
    {
        var model = TinyTransformer.Load(precision);
        using var first = model.Begin(Plan());
        using var second = model.Begin(Plan() with { Times = [0, 0.5f], References = [], Branches = [new("cond", _negative, false)] });
        var (step1, step2) = (new VelocityStep(first, 2, _golden.Latent(), ["ref", "uncond"]), new VelocityStep(second, 1, _golden.Latent() * 0.5f, ["cond"]));
        var together = VelocitySession.Together(step1, step2);
        Assert.Equal((2, 1), (first.Passes, second.Passes));
        Assert.Equal(first.Velocities(2, step1.Latents, "ref", "uncond").Select(v => v.Floats()), together[0].Select(v => v.Floats()));
        Assert.Equal(second.Velocities(1, step2.Latents, "cond").Select(v => v.Floats()), together[1].Select(v => v.Floats()));
    }

    [Fact]
    public void Sessions_of_two_models_are_refused()
    {
        using var first = TinyTransformer.Load().Begin(Plan());
        using var second = TinyTransformer.Load(ScalarType.BFloat16).Begin(Plan());
        Assert.Throws<ArgumentException>(() => VelocitySession.Together(new VelocityStep(first, 0, _golden.Latent(), ["cond"]), new VelocityStep(second, 0, _golden.Latent(), ["cond"])));
    }

    [Fact]
    public void Times_are_rounded_to_the_precision_that_the_network_was_trained_to_see()
    {
        using var rounded = TinyTransformer.Load(ScalarType.BFloat16).Begin(Plan() with { Times = [0.640625f] });
        using var unrounded = TinyTransformer.Load(ScalarType.BFloat16).Begin(Plan() with { Times = [0.6402f] });
        Assert.Equal(rounded.Velocities(0, _golden.Latent(), "cond")[0].Floats(), unrounded.Velocities(0, _golden.Latent(), "cond")[0].Floats());
    }

    [Fact]
    public void Sixth_reference_is_refused()
    {
        var image = torch.zeros(1, 16, 4, 4);
        var fault = Assert.Throws<ModelException>(() => TinyTransformer.Load().Begin(Plan() with { References = [image, image, image, image, image, image] }));
        Assert.Contains("Reference image 6 is one too many: the model tells 5 apart", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latent_that_does_not_divide_into_patches_is_refused()
    {
        var fault = Assert.Throws<ModelException>(() => TinyTransformer.Load().Begin(Plan() with { Width = 13 }));
        Assert.Contains("13x8 do not divide into patches of 2x2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_another_language_model_is_refused()
    {
        var branch = new GuidanceBranch("cond", torch.zeros(1, 5, 48), false);
        var fault = Assert.Throws<ModelException>(() => TinyTransformer.Load().Begin(Plan() with { Branches = [branch] }));
        Assert.Contains("[1, 5, 48], but the transformer reads [batch, tokens, 64]", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _scope.Dispose();

    private VelocityPlan Plan(CacheOptions? cache = null) => new()
    {
        Height = 8,
        Width = 12,
        Times = [0, 0.3125f, 0.640625f],
        References = _golden.References(),
        Cache = cache,
        Branches = [new("cond", _golden.Text(), true), new("ref", _negative, true), new("uncond", _negative, false)],
    };

    private float[] Separate(OmniGen2Transformer model, int step, Tensor text, bool references) =>
        model.Forward(_golden.Latent(), torch.tensor([Plan().Times[step]]), text, references ? _golden.References() : []).Floats();

    private static bool Same(float[] expected, float[] actual)
    {
        Closeness.Near(expected, actual, 1e-5, "velocity");
        return true;
    }
}
