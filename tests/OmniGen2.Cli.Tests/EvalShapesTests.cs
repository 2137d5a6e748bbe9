using System.Text.Json;
using OmniGen2.Imaging;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed class EvalShapesTests
{
    [Fact]
    public void Last_line_is_one_object_with_every_score_and_the_settings()
    {
        using var folder = new TempFolder();
        var run = Eval("--count", "2", "--seed", "905", "--steps", "2", "--sheets", folder.File("sheets")).MustSucceed();
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("omnigen2-mini, 2 tasks each, seed 900905, 2 steps, euler", lines[0]);
        using var json = JsonDocument.Parse(lines[^1]);
        var root = json.RootElement;
        Assert.All(["t2i", "edit", "compose", "judge", "t2i_chat", "vae_ceiling"], key => Assert.InRange(root.GetProperty(key).GetDouble(), 0, 1));
        Assert.All(["edit_background_psnr", "vae_psnr", "seconds_per_picture"], key => Assert.True(root.GetProperty(key).GetDouble() > 0, key));
        Assert.Equal(["caption", "count", "all"], root.GetProperty("vqa").EnumerateObject().Select(each => each.Name));
        Assert.Equal((2, 900905, 2, "omnigen2-mini"), (Number(root, "count"), Number(root, "seed"), Number(root, "steps"), root.GetProperty("model").GetString()));
        Assert.Equal(["chat.png", "compose.png", "edit.png", "judge.png", "t2i.png", "vae.png", "vqa.png"], Directory.GetFiles(folder.File("sheets")).Select(Path.GetFileName).Order());
        Assert.True(ImageFile.Open(folder.File("sheets/edit.png")).Width > 3 * 128);
    }

    [Fact]
    public void Json_alone_is_a_single_line_the_same_for_the_same_seed()
    {
        string[] arguments = ["--count", "1", "--steps", "1", "--only", "t2i,vqa", "--json", "--quiet"];
        var first = Eval(arguments).MustSucceed();
        Assert.Empty(first.Error);
        Assert.Single(first.Output.TrimEnd().Split('\n'));
        using var json = JsonDocument.Parse(first.Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("edit").ValueKind);
        Assert.Equal(900000, Number(json.RootElement, "seed"));
        using var again = JsonDocument.Parse(Eval([.. arguments, "--seed", "900000"]).MustSucceed().Output);
        Assert.Equal(json.RootElement.GetProperty("vqa").ToString(), again.RootElement.GetProperty("vqa").ToString());
    }

    [Fact]
    public void Scheduler_that_is_asked_for_draws_and_stands_in_the_report()
    {
        using var folder = new TempFolder();
        using var json = JsonDocument.Parse(Of("dpmsolver++"));
        Assert.Equal("dpmsolver++", json.RootElement.GetProperty("scheduler").GetString());
        Assert.Contains("euler", Of("euler"), StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllBytes(folder.File("dpmsolver++/t2i.png")), File.ReadAllBytes(folder.File("euler/t2i.png")));

        string Of(string scheduler) =>
            Eval("--count", "1", "--steps", "4", "--only", "t2i", "--json", "--quiet", "--scheduler", scheduler, "--sheets", folder.File(scheduler)).MustSucceed().Output;
    }

    [Fact]
    public void Ctrl_C_ends_with_130_and_no_scores()
    {
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter("Pictures", stop);
        var run = CliRun.Of(new CliOptions { IsWatched = true, Stop = stop.Token, Error = error }, "eval", "shapes", "--model", Checkpoints.Mini, "--count", "50", "--only", "t2i");
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Output);
    }

    private static CliRun Eval(params string[] arguments) => CliRun.Of(["eval", "shapes", "--model", Checkpoints.Mini, .. arguments]);

    private static int Number(JsonElement root, string key) => root.GetProperty(key).GetInt32();
}
