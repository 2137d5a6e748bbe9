using OmniGen2.Tests;
using OmniGen2.Training;

namespace OmniGen2.Cli.Tests.Training;

/// <summary>A real training in processes of its own, which end as processes do: by SIGKILL and by SIGTERM.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const int Steps = 48;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_that_is_killed_again_and_again_ends_as_an_undisturbed_one()
    {
        using (var undisturbed = Train("whole"))
        {
            undisturbed.Finish().MustSucceed();
        }

        // States are saved after every step, so many of the kills fall into the middle of a save.
        var random = new Random();
        var kills = 0;
        for (var after = Steps / 6; after < Steps; after += Steps / 3)
        {
            using var run = Train("killed", resume: kills > 0);
            WaitForStep(run, "killed", after);
            Thread.Sleep(random.Next(60));
            run.Kill();
            kills += run.Finish().ExitCode == 128 + 9 ? 1 : 0;
        }

        Assert.InRange(kills, 1, 3);
        using (var last = Train("killed", resume: true))
        {
            last.Finish().MustSucceed();
        }

        Assert.Equal(Log("whole"), Log("killed"));
        Assert.Equal(Steps, Log("killed").Count);
        Assert.Equal(State("whole"), State("killed"));
        Assert.Single(Directory.GetFiles(_folder.File("killed"), "state-*"));
    }

    [Fact]
    public void Training_that_is_asked_to_end_saves_first()
    {
        using var run = Train("asked");
        WaitForStep(run, "asked", 2);
        run.Terminate();
        var end = run.Finish();
        Assert.Equal(128 + 15, end.ExitCode);
        var state = TrainingStateFile.Load(_folder.File("asked"));
        Assert.Contains($"Stopped after step {state.Step} of {Steps}; the state is saved.", end.Error);
        Assert.Equal(state.Step, TrainingLog.Read(_folder.File("asked"))[^1].Step);
    }

    private CliProcess Train(string name, bool resume = false)
    {
        var config = _folder.Write($"{name}.json", $$"""
            {
              "model": "{{Checkpoints.Tiny}}", "part": "decoder",
              "training": { "steps": {{Steps}}, "average_decay": 0.9, "save_minutes": 1e-9, "schedule": { "shape": "cosine", "warmup": 2 } },
              "data": { "batch": 1, "crop_size": 16 }
            }
            """);
        string[] goOn = resume ? ["--resume", _folder.File(name)] : [];
        return CliProcess.Start(["train", "vae", "--config", config, "--out", _folder.File(name), "--threads", "1", .. goOn]);
    }

    private void WaitForStep(CliProcess run, string name, int step)
    {
        while (!run.HasExited && !(TrainingStateFile.Exists(_folder.File(name)) && TrainingStateFile.Load(_folder.File(name)).Step >= step))
        {
            Thread.Sleep(5);
        }
    }

    // All but the time it took.
    private List<(long Step, long Samples, double Loss, double Rate, double Norm)> Log(string name) =>
        [.. TrainingLog.Read(_folder.File(name)).Select(s => (s.Step, s.Samples, s.Loss, s.Rate, s.GradientNorm))];

    private byte[] State(string name) => File.ReadAllBytes(Path.Combine(_folder.File(name), TrainingStateFile.Load(_folder.File(name)).Tensors));
}
