using System.Text.Json;

namespace OmniGen2.Cli.Tests;

public sealed class EvalReflectionTests
{
    [Fact]
    public void Last_line_is_one_object_with_both_scores_the_margin_and_the_settings()
    {
        var run = Eval("--count", "2", "--seed", "905", "--steps", "2", "--rounds", "2", "--form", "caption", "--pass", "25", "--edit-from", "0", "--patience", "2").MustSucceed();
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("omnigen2-mini, 2 prompts, seed 900905, 2 steps, judged by caption, at most 2 rounds, passes from 25 on, edits from 0 on, patience 2", lines[0]);
        using var json = JsonDocument.Parse(lines[^1]);
        var root = json.RootElement;
        Assert.Equal(Number(root, "with") - Number(root, "without"), Number(root, "margin"), tolerance: 2e-4);
        Assert.InRange(Number(root, "mean_rounds"), 1, 2);
        Assert.All(["seconds", "seconds_without"], key => Assert.True(Number(root, key) > 0, key));
        Assert.Equal(2, root.GetProperty("ends").EnumerateObject().Sum(each => each.Value.GetInt32()));
        Assert.Equal(["1", "2"], root.GetProperty("by_objects").EnumerateObject().Select(each => each.Name));
    }

    [Fact]
    public void Without_further_rounds_nothing_is_added()
    {
        var run = Eval("--count", "1", "--steps", "1", "--rounds", "1", "--json", "--quiet").MustSucceed();
        using var json = JsonDocument.Parse(Assert.Single(run.Output.TrimEnd().Split('\n')));
        Assert.Equal((0, 1), (Number(json.RootElement, "margin"), Number(json.RootElement, "mean_rounds")));
    }

    [Fact]
    public void Edits_are_scored_by_what_they_do()
    {
        var run = Eval("--edits", "--count", "1", "--steps", "1", "--rounds", "1", "--form", "caption").MustSucceed();
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("omnigen2-mini, 1 edits, seed 900000, 1 steps, judged by caption", lines[0]);
        using var json = JsonDocument.Parse(lines[^1]);
        Assert.Equal(["recolour"], json.RootElement.GetProperty("by_kind").EnumerateObject().Select(each => each.Name));
    }

    [Theory]
    [InlineData("--rounds", "9", "a whole number from 1 to 8")]
    [InlineData("--pass", "26", "a number from 0 to 25")]
    public void Impossible_number_is_refused(string option, string value, string expected)
    {
        var run = Eval(option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{option} is '{value}': use {expected}", run.Error);
    }

    private static CliRun Eval(params string[] arguments) => CliRun.Of(["eval", "reflection", "--model", Checkpoints.Mini, .. arguments]);

    private static double Number(JsonElement root, string key) => root.GetProperty(key).GetDouble();
}
