using System.CommandLine;
using OmniGen2.Cli.Shell;
using OmniGen2.Cli.Training;
using OmniGen2.Cli.TrainingReport;

namespace OmniGen2.Cli.Commands;

/// <summary>Trains a part of a checkpoint, and writes the report of a training.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, IReadOnlyList<TrainingKind> kinds)
    {
        var command = new ExampleCommand(
            "train",
            "Trains a part of a checkpoint, anew or from published weights.",
            [.. kinds.Take(1).Select(k => $"omnigen2 train {k.Name} --config {k.Name}.json --out runs/{k.Name} --budget 90m"), "omnigen2 train report runs/diffusion"]);
        foreach (var kind in kinds)
        {
            command.Add(KindCommand(kind, terminal));
        }

        command.Add(ReportCommand(terminal));
        return command;
    }

    private static ExampleCommand KindCommand(TrainingKind kind, Terminal terminal)
    {
        var options = new TrainOptions();
        var command = new ExampleCommand(
            kind.Name,
            kind.Description,
            $"omnigen2 train {kind.Name} --config {kind.Name}.json --out runs/{kind.Name}",
            $"omnigen2 train {kind.Name} --config {kind.Name}.json --out runs/{kind.Name} --resume runs/{kind.Name} --budget 90m --cooldown 25%",
            $"omnigen2 train report runs/{kind.Name}");
        options.AddTo(command);
        command.SetAction(line => new TrainRun(kind, options.Read(line), terminal).Run());
        return command;
    }

    private static ExampleCommand ReportCommand(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run, finished, running or broken off." };
        var command = new ExampleCommand("report", "Writes a run's report.html anew from its log.", "omnigen2 train report runs/vae") { folder };
        command.SetAction(line =>
        {
            var run = new TrainingFolder(line.GetRequiredValue(folder));
            ReportPage.Write(run);
            terminal.Output.WriteLine(run.Report);
            return ExitCode.Done;
        });
        return command;
    }
}
