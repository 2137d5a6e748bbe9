namespace OmniGen2.Cli.Tests.Training;

public sealed class TrainFaultTests : IDisposable
{
    private const string Two = """{ "training": { "steps": 2 } }""";

    private readonly TrainFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("has the unknown key 'training.stepps'", """{ "training": { "stepps": 2 } }""")]
    [InlineData("steps = 0 must be at least 1", """{ "training": { "steps": 0 } }""")]
    [InlineData("cannot be understood", """{ "training": """)]
    [InlineData("the loss of sample 1 is NaN: training stopped. The last good state, step 0, is kept in", """{ "poisoned": 1, "training": { "steps": 5 } }""")]
    public void Bad_config_or_loss_is_one_sentence_and_1(string sentence, string config) => Refuses(_folder.Train(config, "a"), sentence);

    [Fact]
    public void Missing_config_is_one_sentence_and_1() =>
        Refuses(CliRun.Of(new CliOptions { Kinds = [LineTraining.Kind] }, "train", "line", "--config", _folder["none.json"], "--out", _folder["a"]), "none.json cannot be read");

    [Fact]
    public void Folder_with_another_run_in_it_is_refused()
    {
        _folder.Train(Two, "a").MustSucceed();
        var report = File.GetLastWriteTimeUtc(_folder["a/report.html"]);
        Refuses(_folder.Train(Two, "a"), "holds a run at step 2: resume it, or choose another folder.");
        Assert.Equal(report, File.GetLastWriteTimeUtc(_folder["a/report.html"]));
    }

    [Fact]
    public void Folder_without_a_run_cannot_be_resumed() =>
        Refuses(_folder.Train(Two, "a", "--resume", _folder["none"]), "none holds no saved state");

    [Fact]
    public void Folder_whose_place_is_taken_by_a_file_is_one_sentence()
    {
        File.WriteAllText(_folder["a"], "");
        Refuses(_folder.Train(Two, "a"), "cannot be written");
    }

    [Fact]
    public void State_of_another_architecture_is_refused_and_stays()
    {
        _folder.Train(Two, "a").MustSucceed();
        Refuses(_folder.Train("""{ "width": 3, "training": { "steps": 4 } }""", "a", "--resume", _folder["a"]), "another architecture");
        _folder.Train("""{ "training": { "steps": 4 } }""", "a", "--resume", _folder["a"]).MustSucceed();
    }

    [Fact]
    public void Full_disk_during_a_save_leaves_the_state_before_intact()
    {
        _folder.Train(Two, "a").MustSucceed();
        var state = File.ReadAllText(_folder["a/state.json"]);

        // A device that is always full takes the place of the file that is written first and renamed then.
        File.CreateSymbolicLink(_folder["a/state.json.tmp"], "/dev/full");
        Refuses(_folder.Train("""{ "training": { "steps": 4 } }""", "a", "--resume", _folder["a"]), "No space left on device");
        Assert.Equal(state, File.ReadAllText(_folder["a/state.json"]));
        File.Delete(_folder["a/state.json.tmp"]);
        _folder.Train("""{ "training": { "steps": 4 } }""", "a", "--resume", _folder["a"]).MustSucceed();
        Assert.Equal(4, _folder.Losses("a").Count);
    }

    [Fact]
    public void Sheet_that_cannot_be_written_does_not_stop_the_training()
    {
        // Where the sheet of step 1 should go lies a folder.
        Directory.CreateDirectory(_folder["a/sheets/lines-00000001.png"]);
        var run = _folder.Train(Two, "a", "--sheets-every", "0.0001s").MustSucceed();
        Assert.Contains("lines-00000001.png' cannot be written", run.Error);
        Assert.Contains("The training goes on.", run.Error);
        Assert.Equal("2", File.ReadAllText(_folder["a/checkpoint/step.txt"]));
    }

    [Theory]
    [InlineData("--budget is 'soon': use a time such as 90m, 1h30m or 45s.", "--budget", "soon")]
    [InlineData("--budget is '0s': use a time such as 90m, 1h30m or 45s.", "--budget", "0s")]
    [InlineData("--cooldown is the last part of a budget: give --budget too.", "--cooldown", "20m")]
    [InlineData("--cooldown 20 min 00 s is longer than --budget 10 min 00 s: it is the last part of it.", "--budget", "10m", "--cooldown", "20m")]
    [InlineData("--cooldown is '120%': use a time such as 20m, or a share of the budget such as 25%.", "--budget", "10m", "--cooldown", "120%")]
    [InlineData("--threads is '0': use a whole number from 1 to 1024.", "--threads", "0")]
    public void Wrong_options_are_answered_with_a_sentence_and_2(string sentence, params string[] args)
    {
        var run = _folder.Train(Two, "a", args);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(sentence, run.Error);
        Assert.False(Directory.Exists(_folder["a"]));
    }

    private static void Refuses(CliRun run, string sentence)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.DoesNotContain("unexpectedly", run.Error);
        Assert.Empty(run.Output);
    }
}
