using OmniGen2.Imaging;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed class GenerateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Out => _folder.File("out.png");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_not_given_is_the_checkpoints_own_and_all_of_it_is_in_the_picture()
    {
        var run = Generate(Checkpoints.Mini, "--prompt", "a red circle on a green background", "--seed", "9223372036854775807", "--cache", "teacache:0.1").MustSucceed();
        Assert.Equal($"{Out}{Environment.NewLine}", run.Output);
        var metadata = GenerationMetadata.FromPng(File.ReadAllBytes(Out))!;
        var request = metadata.Request;
        Assert.Equal(("a red circle on a green background", 128, 128, 40, 4.0), (request.Prompt, request.Width, request.Height, request.Steps, request.TextGuidance));
        Assert.Equal((long.MaxValue, new CacheOptions.TeaCache(0.1), SchedulerKind.Euler), (request.Seed, request.Cache, request.Scheduler));
        Assert.Equal((128, 128, 40), (metadata.Width, metadata.Height, metadata.StepsDone));
        Assert.Equal(128, ImageFile.Open(Out).Width);
    }

    [Fact]
    public void Same_seed_gives_the_same_picture_and_another_one_another()
    {
        var first = Boat(seed: "1");
        Assert.Equal(first, Boat(seed: "1"));
        Assert.NotEqual(first, Boat(seed: "2"));
    }

    [Fact]
    public void Log_has_a_line_for_each_phase_and_quiet_has_none()
    {
        string[] arguments = ["--prompt", "a boat", "--image", Checkpoints.Run("ref_a.png"), "--steps", "3"];
        var phases = Generate(Checkpoints.Tiny, arguments).MustSucceed().Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Loading the model", "Reading the prompt", "Reading the references", "Drawing", "Decoding"], phases.Select(p => p.Split("  ")[0]));
        Assert.Contains("step 3/3", phases[3]);
        Assert.Empty(Generate(Checkpoints.Tiny, [.. arguments, "--quiet"]).MustSucceed().Error);
    }

    [Theory]
    [InlineData("step 2/")]
    [InlineData("Decoding")]
    [InlineData("Loading the model")]
    public void Ctrl_C_ends_with_130_and_leaves_no_file(string moment)
    {
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter(moment, stop);
        var run = CliRun.Of(
            new CliOptions { IsWatched = true, Stop = stop.Token, Error = error },
            "generate", "--model", Checkpoints.Tiny, "--prompt", "a boat", "--width", "64", "--height", "64", "--steps", "50", "--dump", _folder.File("dump.safetensors"), "--out", Out);
        Assert.Equal(130, run.ExitCode);
        Assert.EndsWith("Stopped.\n", run.Error);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Older_picture_stays_when_its_successor_is_stopped()
    {
        _folder.Write("out.png", "older");
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter("step 2/", stop);
        CliRun.Of(
            new CliOptions { IsWatched = true, Stop = stop.Token, Error = error },
            "generate", "--model", Checkpoints.Tiny, "--prompt", "a boat", "--width", "64", "--height", "64", "--steps", "50", "--out", Out);
        Assert.DoesNotContain("step 4/", error.ToString());
        Assert.Equal("older", File.ReadAllText(Out));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("Width 100 is not a multiple of 16: use 96", "--prompt", "p", "--width", "100")]
    [InlineData("draws at most 2048 × 2048", "--prompt", "p", "--width", "4096", "--height", "16")]
    [InlineData("The picture 'nowhere.png' cannot be opened", "--prompt", "p", "--image", "nowhere.png")]
    public void Request_that_cannot_be_met_is_one_sentence_and_1(string sentence, params string[] arguments) =>
        AssertRefused(sentence, Generate(Checkpoints.Tiny, arguments));

    [Fact]
    public void Truncated_picture_is_named()
    {
        var whole = File.ReadAllBytes(Checkpoints.Run("ref_a.png"));
        var cut = _folder.Write("cut.png", whole[..(whole.Length / 2)]);
        AssertRefused($"'{cut}' is a PNG file that is damaged or cut off", Generate(Checkpoints.Tiny, "--prompt", "p", "--image", cut));
    }

    [Fact]
    public void Six_references_are_one_too_many()
    {
        var six = Enumerable.Repeat<string[]>(["--image", Checkpoints.Run("ref_a.png")], 6).SelectMany(i => i);
        AssertRefused("6 reference pictures are given and the model knows 5", Generate(Checkpoints.Tiny, ["--prompt", "p", .. six]));
    }

    [Fact]
    public void Prompt_without_end_is_refused() =>
        AssertRefused("The prompt has 100000 characters", Generate(Checkpoints.Tiny, "--prompt", new string('a', 100_000)));

    [Theory]
    [InlineData("has input.latents for 96 × 64 pixels, and 64 × 64 are drawn", "--width", "64", "--height", "64")]
    [InlineData("holds starting noise for 1 pictures and 2 are asked for", "--count", "2")]
    public void Noise_that_does_not_fit_is_named(string sentence, params string[] arguments) =>
        AssertRefused(sentence, Generate(Checkpoints.Tiny, ["--prompt", "p", "--latents", Checkpoints.Run("t2i.safetensors"), .. arguments]));

    private byte[] Boat(string seed)
    {
        Generate(Checkpoints.Tiny, "--prompt", "a boat", "--width", "64", "--height", "48", "--steps", "2", "--seed", seed, "--scheduler", "dpmsolver++").MustSucceed();
        return ImageFile.Open(Out).Pixels;
    }

    private CliRun Generate(string model, params string[] arguments) => CliRun.Of(["generate", "--model", model, .. arguments, "--out", Out]);

    private void AssertRefused(string sentence, CliRun run)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.False(File.Exists(Out));
    }
}
