using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string> Commands => ["generate", "chat", "inspect", "verify", "train", "train vae", "train language", "train diffusion", "train report", "bench", "eval shapes"];

    [Fact]
    public void Help_names_every_command()
    {
        var run = CliRun.Of("--help").MustSucceed();
        Assert.All(["generate", "chat", "inspect", "verify", "train", "bench", "eval"], command => Assert.Contains($"\n  {command} ", run.Output));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_a_command_ends_with_examples(string command)
    {
        var run = CliRun.Of([.. command.Split(' '), "--help"]).MustSucceed();
        Assert.Contains($"Usage:\n  omnigen2 {command} ", run.Output);
        Assert.Contains($"  omnigen2 {command} ", run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..]);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("There is no command 'draw'.", "draw")]
    [InlineData("Option '--prompt' is required.", "generate", "--model", "m", "--out", "a.png")]
    [InlineData("Unrecognized command or argument '--promt'.", "generate", "--model", "m", "--promt", "p", "--out", "a.png")]
    [InlineData("--steps is '0': use a whole number from 1 to 1000.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--steps", "0")]
    [InlineData("--width is 'wide': use a whole number of at least 1.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--width", "wide")]
    [InlineData("--text-guidance is '3,5': use a number of 0 or more, with a point for decimals.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--text-guidance", "3,5")]
    [InlineData("--seed is '-1': use a whole number from 0 to 9223372036854775807.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--seed", "-1")]
    [InlineData("--cfg-range is '0.8:0.2': use two numbers from 0 to 1 in order, for example 0:0.6.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--cfg-range", "0.8:0.2")]
    [InlineData("--cache is 'more': use none, teacache, teacache:0.05 (a threshold) or taylorseer.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--cache", "more")]
    [InlineData("--scheduler 'ddim' is unknown: use euler or dpmsolver++.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--scheduler", "ddim")]
    [InlineData("--dtype 'fp16' is unknown: use bf16 or fp32.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--dtype", "fp16")]
    [InlineData("--out is 'a.gif': use a name that ends in .png.", "generate", "--model", "m", "--prompt", "p", "--out", "a.gif")]
    [InlineData("--out is 'nowhere/a.png', but there is no folder", "generate", "--model", "m", "--prompt", "p", "--out", "nowhere/a.png")]
    [InlineData("--dump is 'a.txt': use a name that ends in .safetensors.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--dump", "a.txt")]
    [InlineData("Option '--model' is required.", "inspect")]
    [InlineData("Required argument missing for option: '--scheduler'.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--scheduler")]
    [InlineData("Required argument missing for option: '--steps'.", "generate", "--model", "m", "--prompt", "p", "--out", "a.png", "--steps")]
    [InlineData("--only 'video' is unknown: use some of vae, t2i, chat, edit, compose, vqa, judge.", "eval", "shapes", "--model", "m", "--only", "t2i,video")]
    [InlineData("Required command was not provided.", "eval")]
    [InlineData("--parts 'some' is unknown: use picture or transformer or all.", "bench", "--parts", "some")]
    public void Wrong_command_line_is_answered_with_a_sentence_and_2(string sentence, params string[] args)
    {
        var run = CliRun.Of(args);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(sentence, run.Error);
        Assert.Contains("--help", run.Error);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("generate", "--prompt", "p", "--out", "a.png")]
    [InlineData("chat", "--prompt", "p")]
    [InlineData("inspect")]
    [InlineData("bench")]
    [InlineData("eval", "shapes")]
    public void Folder_that_is_no_checkpoint_is_one_sentence_and_1(string command, params string[] args)
    {
        var run = CliRun.Of([command, .. args, "--model", GoldenFile.Path("images")]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not an OmniGen2 checkpoint: it lacks model_index.json", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Empty(run.Output);
    }
}
