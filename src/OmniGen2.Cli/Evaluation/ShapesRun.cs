using OmniGen2.Cli.Shell;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training;
using OmniGen2.Training.Shapes;
using TorchSharp;

namespace OmniGen2.Cli.Evaluation;

/// <summary>Everything that `eval shapes` does, in order.</summary>
internal sealed class ShapesRun(ShapesArguments arguments, Terminal terminal)
{
    public int Run()
    {
        if (arguments.Threads is { } threads)
        {
            torch.set_num_threads(threads);
        }

        var sheets = arguments.Sheets is { } folder ? SheetFolder.Create(folder) : null;
        using var progress = new ProgressLine(terminal, arguments.IsQuiet);
        using var pipeline = ModelLoader.Load(arguments.Model, arguments.Precision, progress);
        var steps = arguments.Steps ?? pipeline.Info.DefaultSteps;
        var scheduler = arguments.Scheduler ?? pipeline.Info.Scheduler;
        var evaluation = new ShapesEvaluation(pipeline, pipeline.RoundTrip, WorldFile.Load(arguments.Model), arguments.Seed, steps, scheduler);
        var report = new ShapesReport(pipeline.Info.Name, arguments.Count, arguments.Seed, steps, scheduler);
        foreach (var ability in arguments.Abilities)
        {
            var (score, rows) = Score(evaluation, ability, progress);
            report.Add(score);
            sheets?.Write(new ContactSheet(ShapesReport.Name(ability), rows));
        }

        if (!arguments.IsJsonOnly)
        {
            report.WriteTable(terminal.Output);
        }

        terminal.Output.WriteLine(report.ToJson());
        return ExitCode.Done;
    }

    private (AbilityScore Score, List<ContactRow> Rows) Score(ShapesEvaluation evaluation, ShapesAbility ability, ProgressLine progress)
    {
        var score = new AbilityScore(ability);
        var rows = new List<ContactRow>();
        progress.Begin(ShapesReport.Title(ability), arguments.Count);
        foreach (var result in evaluation.Run(ability, arguments.Count, terminal.Stop))
        {
            score.Add(result);
            progress.Advance(score.Count);
            if (arguments.Sheets is not null)
            {
                rows.Add(result.Row! with { Caption = $"{(result.IsRight ? '✓' : '✗')} {result.Row.Caption}" });
            }
        }

        progress.End();
        return (score, rows);
    }
}
