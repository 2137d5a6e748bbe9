using OmniGen2.Cli.Shell;
using OmniGen2.Cli.TrainingReport;
using OmniGen2.Training;
using TorchSharp;

namespace OmniGen2.Cli.Training;

/// <summary>One training from the command line: progress, contact sheets, checkpoint and report around the trainer.</summary>
internal sealed class TrainRun(TrainingKind kind, TrainArguments arguments, Terminal terminal)
{
    private readonly TrainingFolder _folder = new(arguments.Out);

    public int Run()
    {
        if (arguments.Threads is { } threads)
        {
            Accelerator.SetThreads(threads);
        }

        _folder.Prepare(arguments.Resume);
        using var run = Open();
        _folder.Describe(Facts(run), arguments.Config);
        using var progress = new TrainingProgress(terminal, arguments, kind.Name, run.Settings.Steps);
        Train(run, progress);
        return terminal.Stop.IsCancellationRequested ? Stopped(run) : Finished(run, progress);
    }

    private ITrainingRun Open()
    {
        using var progress = new ProgressLine(terminal, arguments.IsQuiet);
        progress.Begin("Preparing");
        var run = kind.Open(arguments.Config, arguments.Out);
        if (arguments.Resume is not null)
        {
            Resume(run);
        }

        progress.End();
        return run;
    }

    private void Resume(ITrainingRun run)
    {
        try
        {
            run.Resume(arguments.Out);
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private void Train(ITrainingRun run, TrainingProgress progress)
    {
        progress.Doing("Waiting for the first step");
        var shown = terminal.Clock.GetTimestamp();
        foreach (var step in run.Run(arguments.Budget, terminal.Stop))
        {
            progress.Show(step);
            if (terminal.Clock.GetElapsedTime(shown) >= arguments.SheetsEvery && !terminal.Stop.IsCancellationRequested)
            {
                PublishOnTheWay(run, progress);
                shown = terminal.Clock.GetTimestamp();
            }
        }

        progress.End();
    }

    // The state is worth more than pictures of it: what fails here is said, and the training goes on.
    private void PublishOnTheWay(ITrainingRun run, TrainingProgress progress)
    {
        try
        {
            Publish(run, progress);
        }
        catch (ModelException e)
        {
            progress.Say($"{e.Message} The training goes on.");
        }
    }

    private void Publish(ITrainingRun run, TrainingProgress progress)
    {
        progress.Doing("Drawing contact sheets");
        foreach (var sheet in run.Sheets())
        {
            _folder.AddSheet(sheet, run.Step);
        }

        progress.Doing("Writing the checkpoint and the report");
        _folder.ReplaceCheckpoint(run.Export);
        ReportPage.Write(_folder);
    }

    private int Finished(ITrainingRun run, TrainingProgress progress)
    {
        Publish(run, progress);
        if (arguments.Budget is { Cooldown.Ticks: > 0 } && run.Step == run.Settings.Steps)
        {
            progress.Say($"All {run.Step} steps were taken before the budget was over, so the learning rate has not come down: give more steps or a shorter budget.");
        }

        progress.Dispose();
        terminal.Output.WriteLine(_folder.Checkpoint);
        terminal.Output.WriteLine(_folder.Report);
        return ExitCode.Done;
    }

    private int Stopped(ITrainingRun run)
    {
        ReportPage.Write(_folder);
        terminal.Error.WriteLine($"Stopped after step {run.Step} of {run.Settings.Steps}; the state is saved. Go on with the same command and --resume {arguments.Out}");
        return ExitCode.Interrupted;
    }

    private RunFacts Facts(ITrainingRun run) => new()
    {
        Kind = kind.Name,
        Settings = run.Settings,
        BudgetSeconds = arguments.Budget?.Time.TotalSeconds,
        CooldownSeconds = arguments.Budget?.Cooldown.TotalSeconds,
        Started = terminal.Clock.GetUtcNow(),
        Machine = MachineFacts.Read(),
    };
}
