using OmniGen2.Imaging;
using OmniGen2.Training;

namespace OmniGen2.Cli.Tests.Training;

public sealed class TrainTests : IDisposable
{
    private const string Forty = """{ "training": { "steps": 40, "validate_steps": 10 } }""";

    private readonly TrainFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_leaves_a_checkpoint_contact_sheets_and_a_report()
    {
        var run = _folder.Train(Forty, "a").MustSucceed();
        Assert.Equal($"{_folder["a/checkpoint"]}\n{_folder["a/report.html"]}\n", run.Output);
        Assert.Equal("40", File.ReadAllText(_folder["a/checkpoint/step.txt"]));
        Assert.Equal(["lines-00000040.png"], Directory.GetFiles(_folder["a/sheets"]).Select(Path.GetFileName));
        Assert.Contains("train line  step 40/40", run.Error);
        Assert.Contains(" ago  val loss ", run.Error);
        Assert.Equal(
            ["checkpoint", "config.json", "log.jsonl", "report.html", "run.json", "sheets", "state-00000040.safetensors", "state.json"],
            Directory.GetFileSystemEntries(_folder["a"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Sheets_come_on_the_way_and_the_checkpoint_follows()
    {
        _folder.Train("""{ "training": { "steps": 3 } }""", "a", "--sheets-every", "0.0001s").MustSucceed();
        Assert.Equal(["lines-00000001.png", "lines-00000002.png", "lines-00000003.png"], Directory.GetFiles(_folder["a/sheets"]).Select(Path.GetFileName).Order());
        Assert.Equal("3", File.ReadAllText(_folder["a/checkpoint/step.txt"]));
        var sheet = ImageFile.Open(_folder["a/sheets/lines-00000001.png"]);
        Assert.True(sheet.Width >= 64 && sheet.Height > 48);
    }

    [Fact]
    public void Ctrl_C_saves_and_the_run_goes_on_as_if_nothing_had_happened()
    {
        _folder.Train(Forty, "whole").MustSucceed();
        var stopped = _folder.TrainUntil(1, Forty, "halves");
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("Stopped after step 1 of 40; the state is saved.", stopped.Error);
        Assert.True(File.Exists(_folder["halves/report.html"]));
        _folder.Train(Forty, "halves", "--resume", _folder["halves"]).MustSucceed();
        Assert.Equal(_folder.Losses("whole"), _folder.Losses("halves"));
    }

    [Fact]
    public void Run_that_goes_on_elsewhere_leaves_the_first_as_it_was()
    {
        _folder.TrainUntil(1, Forty, "first");
        _folder.Train(Forty, "second", "--resume", _folder["first"] + "/").MustSucceed();
        _folder.Train(Forty, "whole").MustSucceed();
        Assert.Equal(_folder.Losses("whole"), _folder.Losses("second"));
        Assert.Single(_folder.Losses("first"));
        Assert.Equal(1, TrainingStateFile.Load(_folder["first"]).Step);
        var again = _folder.Train(Forty, "second", "--resume", _folder["first"]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("second holds a run at step 40: resume it, or choose another folder.", again.Error);
    }

    [Fact]
    public void Old_checkpoint_comes_back_when_a_crash_kept_the_new_one_from_its_place()
    {
        _folder.Train("""{ "training": { "steps": 2 } }""", "a").MustSucceed();
        Directory.Move(_folder["a/checkpoint"], _folder["a/checkpoint.old"]);
        Directory.CreateDirectory(_folder["a/checkpoint.new"]);
        _folder.TrainUntil(3, Forty, "a", "--resume", _folder["a"]);
        Assert.Equal("2", File.ReadAllText(_folder["a/checkpoint/step.txt"]));
        Assert.Equal(["checkpoint", "sheets"], Directory.GetDirectories(_folder["a"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Cool_down_that_the_steps_outran_is_said()
    {
        var run = _folder.Train("""{ "training": { "steps": 2 } }""", "a", "--budget", "1h", "--cooldown", "25%").MustSucceed();
        Assert.Contains("All 2 steps were taken before the budget was over", run.Error);
        Assert.Contains("1 h 00 min, cooling down over the last 15 min 00 s", File.ReadAllText(_folder["a/report.html"]));
    }

    [Fact]
    public void Used_up_budget_ends_a_run_well()
    {
        _folder.Train("""{ "training": { "steps": 100000000 } }""", "a", "--budget", "0.05s").MustSucceed();
        Assert.True(File.Exists(_folder["a/checkpoint/step.txt"]));
        Assert.True(TrainingStateFile.Load(_folder["a"]).Step < 100_000_000);
    }
}
