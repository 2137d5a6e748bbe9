using TorchSharp;

namespace OmniGen2.Tests.Pipeline;

/// <summary>Where the weights stay changes memory, never the picture.</summary>
public sealed class ResidencyTests
{
    private static readonly GenerationRequest Request = new() { Prompt = "A boat on a lake.", Width = 64, Height = 48, Steps = 3, TextGuidance = 4 };

    private static readonly ChatRequest Question = new() { Turns = [new ChatTurn(ChatRole.User, "Say hello.")], MaxNewTokens = 8 };

    [Fact]
    public void Every_mode_draws_and_answers_the_same()
    {
        using var all = Load(Residency.All);
        var (picture, answer) = (Draw(all), all.Chat(Question).ToList());
        foreach (var mode in (Residency[])[Residency.Model, Residency.Streamed, Residency.Auto])
        {
            using var other = Load(mode);
            Assert.Equal(picture, Draw(other));
            Assert.Equal(answer, other.Chat(Question).ToList());
        }
    }

    [Theory]
    [InlineData(Residency.All, "All weights stay in memory")]
    [InlineData(Residency.Model, "One part of the model at a time stays in memory")]
    [InlineData(Residency.Streamed, "Layers are read from their files as they run")]
    public void Auto_takes_the_first_mode_that_fits_and_says_why(Residency expected, string reason)
    {
        using var measured = Load(Residency.All);
        var pixels = (long)measured.Info.DefaultSize * measured.Info.DefaultSize;
        using var chosen = Load(Residency.Auto, measured.Info.Footprint!.Of(expected, pixels));
        Assert.Equal(expected.ToString(), chosen.Info.Residency);
        Assert.StartsWith(reason, chosen.Info.ResidencyReason);
    }

    [Fact]
    public void Picture_that_does_not_fit_is_drawn_in_a_smaller_mode_with_a_sentence()
    {
        using var measured = Load(Residency.All);
        var limit = measured.Info.Footprint!.Of(Residency.Model, Request.Width * Request.Height);
        using var limited = Load(Residency.All, limit);
        Assert.Equal(Residency.Model, limited.Advise(Request).Residency);
        Assert.True(limited.Advise(Request).Fits);

        var steps = limited.Denoise(Request).ToList();
        Assert.StartsWith("One part of the model at a time stays in memory from now on: this picture takes about", Assert.Single(steps, s => s.Notice is not null).Notice);
        Assert.Equal(Draw(measured), steps[^1].State!.Latents.Values);
        Assert.Equal("Model", limited.Info.Residency);
    }

    [Fact]
    public void Picture_that_fits_in_no_mode_is_refused_with_both_numbers()
    {
        using var limited = Load(Residency.All, 200_000_000);
        var advice = limited.Advise(Request);
        Assert.False(advice.Fits);
        Assert.Contains("200 MB are free, which is too little", advice.ToString());

        var fault = Assert.Throws<ModelException>(() => limited.Denoise(Request).ToList());
        Assert.Contains("A picture of 64 × 48 pixels takes about", fault.Message);
        Assert.Contains("200 MB are free", fault.Message);
    }

    [Theory]
    [InlineData("out.step00.cond")]
    [InlineData("out.step01.latent")]
    [InlineData("input.latents")]
    public void Memory_that_runs_out_costs_a_mode_and_not_the_picture(string when)
    {
        using var undisturbed = Load(Residency.All);
        using var strained = Load(Residency.All);
        var failed = false;
        var steps = strained.Denoise(Request, new ParityOptions { Record = (name, _) => Fail(name) }).ToList();
        Assert.StartsWith("One part of the model at a time stays in memory from now on: memory ran out", Assert.Single(steps, s => s.Notice is not null).Notice);
        Assert.Equal(Draw(undisturbed), steps[^1].State!.Latents.Values);

        void Fail(string name)
        {
            if (name == when && !failed)
            {
                failed = true;
                throw new TorchOutOfMemoryException("as if");
            }
        }
    }

    [Fact]
    public void Memory_that_runs_out_in_the_smallest_mode_ends_the_picture_with_a_remedy()
    {
        using var pipeline = Load(Residency.Streamed);
        var parity = new ParityOptions { Record = (name, tensor) => Assert.NotNull(name == "out.step00.cond" ? throw new TorchOutOfMemoryException("as if") : tensor) };
        Assert.Contains("choose a smaller size", Assert.Throws<ModelException>(() => pipeline.Denoise(Request, parity).ToList()).Message);
        Assert.NotEmpty(Draw(pipeline));
    }

    [Fact]
    public void Time_is_told_once_something_was_drawn()
    {
        using var pipeline = Load(Residency.All);
        Assert.Null(pipeline.Advise(Request).Time);
        _ = Draw(pipeline);
        Assert.True(pipeline.Advise(Request).Time > TimeSpan.Zero);
        Assert.StartsWith("This picture takes about ", pipeline.Advise(Request).ToString());
    }

    // In bf16 the weights are used where they lie in the file, which is what can be let go of.
    private static OmniGen2Pipeline Load(Residency residency, long? limit = null) =>
        OmniGen2Pipeline.Load(GoldenFile.Path("tiny-omnigen2"), new PipelineOptions { Precision = ModelPrecision.BFloat16, Device = "cpu", Residency = residency, MemoryLimit = limit });

    private static float[] Draw(OmniGen2Pipeline pipeline) => pipeline.Denoise(Request).Last().State!.Latents.Values;
}
