using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures what the shortcuts save and cost.</summary>
internal static class BenchApproximationsCommand
{
    private const int Pictures = 20;

    private const int Steps = 50;

    private const int Size = 128;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint. [default: models/omnigen2-mini]", HelpName = "D" };
        var pictures = CommonOptions.Whole("--pictures", "N", $"Pictures, each drawn exactly and with every shortcut. [default: {Pictures}]", 1, 1000);
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of each. [default: {Steps}]", 1, 1000);
        var size = CommonOptions.Whole("--size", "W", $"Sides of the pictures. [default: {Size}]", 16, 2048);
        var precision = CommonOptions.Precision();
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "approximations",
            "Draws the same pictures exactly and with each shortcut (TeaCache, TaylorSeer, guidance for a part of the steps) by turns, and says how much faster they are and how far from exact.",
            "omnigen2 bench approximations",
            "omnigen2 bench approximations --pictures 5 --steps 30 --json")
        {
            model, pictures, steps, size, precision, json, quiet,
        };
        command.SetAction(line =>
        {
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            var report = ApproximationsBench.Run(
                new BenchSettings
                {
                    Model = line.GetValue(model) ?? DefaultModel.Find(),
                    Precision = line.GetValue(precision),
                    Size = (line.GetValue(size) ?? Size) / 16 * 16,
                    Steps = line.GetValue(steps) ?? Steps,
                    Repeats = line.GetValue(pictures) ?? Pictures,
                    Stop = terminal.Stop,
                },
                progress);
            report.Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
