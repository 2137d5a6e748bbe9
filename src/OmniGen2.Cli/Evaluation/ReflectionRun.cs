using OmniGen2.Cli.Shell;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Reflection;
using OmniGen2.Training.Shapes;
using TorchSharp;

namespace OmniGen2.Cli.Evaluation;

/// <summary>Everything that `eval reflection` does, in order.</summary>
internal sealed class ReflectionRun(ReflectionArguments arguments, Terminal terminal)
{
    public int Run()
    {
        if (arguments.Threads is { } threads)
        {
            torch.set_num_threads(threads);
        }

        using var progress = new ProgressLine(terminal, arguments.IsQuiet);
        using var pipeline = ModelLoader.Load(arguments.Model, arguments.Precision, progress);
        using var other = arguments.Judge is { } checkpoint ? ModelLoader.Load(checkpoint, arguments.Precision, progress) : null;
        var judge = other ?? pipeline;
        var steps = arguments.Steps ?? pipeline.Info.DefaultSteps;
        var settings = arguments.Settings(judge.Info.Judge);
        var evaluation = new ReflectionEvaluation(pipeline, new ResidentJudge(judge, settings.Form), WorldFile.Load(arguments.Model), arguments.Seed, steps, settings, arguments.Budget);
        var score = new ReflectionScore();
        progress.Begin("Reflection", arguments.Count);
        foreach (var task in arguments.OfEdits ? evaluation.RunEdits(arguments.Count, terminal.Stop) : evaluation.Run(arguments.Count, terminal.Stop))
        {
            score.Add(task);
            progress.Advance(score.Count);
        }

        progress.End();
        var report = new ReflectionReport(pipeline.Info.Name, score, arguments.OfEdits, settings, arguments.Budget, arguments.Seed, steps);
        if (!arguments.IsJsonOnly)
        {
            report.WriteTable(terminal.Output);
        }

        terminal.Output.WriteLine(report.ToJson());
        return ExitCode.Done;
    }
}
