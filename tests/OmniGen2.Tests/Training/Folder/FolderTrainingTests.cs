using System.Text.Json.Nodes;
using OmniGen2.Tests.Training.Diffusion;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Training.Folder;

public sealed class FolderTrainingTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    private readonly TinyDiffusion _tiny = new();

    public FolderTrainingTests()
    {
        _tiny.Settings["data"] = new JsonObject { ["files"] = new JsonArray(new JsonObject { ["path"] = _folder.Path }), ["batch"] = 6, ["max_output_pixels"] = 64 * 64 };
    }

    public void Dispose()
    {
        _tiny.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Mixed_sizes_train_and_what_is_broken_is_named()
    {
        Fill();
        using var run = _tiny.Open("mixed");
        var steps = run.Run().ToList();
        Assert.Equal(12 * 6, steps[^1].Samples);
        Assert.All(steps, step => Assert.InRange(step.Loss, 0.1, 10));
        var skipped = File.ReadAllLines(Path.Combine(_tiny.Out("mixed"), "skipped.txt")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(3, skipped.Count);
        Assert.Contains("list.jsonl, line 5: no JSON", skipped[0]);
        Assert.Contains("list.jsonl, line 6: the picture '", skipped[1]);
        Assert.Contains("list.jsonl, line 7: '", skipped[2]);
        Assert.Contains("half.png' is a PNG file that is damaged or cut off", skipped[2]);
    }

    [Fact]
    public void Truncated_picture_beyond_the_limit_ends_it_with_its_name()
    {
        Fill();
        _tiny.Settings["data"]!["max_bad"] = 2;
        using var run = _tiny.Open("bad");
        var message = Assert.Throws<ModelException>(() => run.Run().ToList()).Message;
        Assert.Contains("3 samples cannot be used and data.max_bad allows 2", message);
        Assert.Contains("half.png", message);
    }

    [Fact]
    public void Same_losses_again_and_from_the_cache_and_after_a_restart()
    {
        Fill();
        var whole = Losses("whole", steps: 12, resume: false);
        Assert.Equal(whole, Losses("parts", steps: 5, resume: false).Concat(Losses("parts", steps: 12, resume: true)));
    }

    [Fact]
    public void Loss_falls_and_the_checkpoint_draws()
    {
        _folder.Draw("star.png", background: Background.Pink);
        _folder.List("list.jsonl", PictureFolder.Line("The image shows a star", "star.png"), PictureFolder.Line("make it the same", "star.png", "star.png"));
        _tiny.Settings["training"] = JsonNode.Parse("""{ "steps": 40, "validate_steps": 10, "average_decay": 0.5 }""");
        _tiny.Settings["optimizer"] = JsonNode.Parse("""{ "learning_rate": 0.01 }""");
        _tiny.Settings["validation"]!["sheet_rows"] = 2;
        using var run = _tiny.Open("falls");
        double[] losses = [.. run.Run().Where(s => s.Validation is not null).Select(s => s.Validation!["trained"])];
        Assert.True(losses[^1] < 0.85 * losses[0], string.Join(' ', losses));
        var sheet = Assert.Single(run.Sheets());
        Assert.Equal([2, 3], sheet.Rows.Select(row => row.Pictures.Count).Order());
        Assert.Contains("The image shows a star", sheet.Rows.Select(row => row.Caption));
        Assert.All(sheet.Rows.SelectMany(row => row.Pictures), picture => Assert.Equal((64, 64), (picture.Width, picture.Height)));
        run.Export(_tiny.Out("checkpoint"));
        using var pipeline = OmniGen2Pipeline.Load(_tiny.Out("checkpoint"));
        Assert.Equal("omnigen2-mini", pipeline.Info.Name);
    }

    [Fact]
    public void Held_out_samples_are_what_is_validated()
    {
        _folder.Draw("star.png");
        _folder.List("list.jsonl", [.. Enumerable.Range(0, 4).Select(i => PictureFolder.Line($"star {i}", "star.png"))]);
        _tiny.Settings["data"]!["held_out"] = 1;
        _tiny.Settings["training"]!["validate_steps"] = 1;
        using var run = _tiny.Open("held");
        Assert.Equal(["held_out"], run.Run().First().Validation!.Keys);
    }

    [Theory]
    [InlineData("max_bad", "-1", "data.max_bad = -1 must not be negative")]
    [InlineData("batch", "0", "data.batch = 0 must be from 1 to 4096")]
    [InlineData("files", "[]", "data.files is empty")]
    [InlineData("files", """[{ "path": "a", "share": 1 }, { "path": "b" }]""", "must all have a share above 0, or none")]
    [InlineData("max_input_pixels", "[100]", "data.max_input_pixels must have numbers of at least 256")]
    [InlineData("folder", "\"a\"", "unknown key 'data.folder'")]
    public void Impossible_settings_are_refused_with_their_names(string key, string value, string message)
    {
        _tiny.Settings["data"]![key] = JsonNode.Parse(value);
        Assert.Contains(message, Assert.Throws<ModelException>(() => _tiny.Open("out").Dispose()).Message);
    }

    /// <summary>Four samples of three sizes; a line of garbage, a picture that is missing, one that is cut off.</summary>
    private void Fill()
    {
        _folder.Draw("square.png");
        _folder.Draw("wide.png", 200, 100, Background.Sea);
        _folder.Draw("small.png", 40, 40, Background.Black);
        _folder.DrawHalf("half.png");
        _folder.List(
            "list.jsonl",
            PictureFolder.Line("The image shows a red star", "square.png"),
            PictureFolder.Line("a red star at the sea, wide", "wide.png"),
            PictureFolder.Line("change the background to black", "small.png", "square.png"),
            PictureFolder.Line("a star", "square.png"),
            "}{",
            PictureFolder.Line("missing", "nowhere.png"),
            PictureFolder.Line("cut off", "half.png"));
    }

    private List<double> Losses(string name, int steps, bool resume)
    {
        using var run = _tiny.Open(name);
        if (resume)
        {
            run.Resume(_tiny.Out(name));
        }

        // The token, unlike the end of the loop, has the state saved.
        using var stop = new CancellationTokenSource();
        var losses = new List<double>();
        foreach (var step in run.Run(cancellation: stop.Token))
        {
            losses.Add(step.Loss);
            if (step.Step == steps)
            {
                stop.Cancel();
            }
        }

        return losses;
    }
}
