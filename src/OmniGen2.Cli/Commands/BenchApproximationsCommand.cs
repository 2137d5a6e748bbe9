using System.CommandLine;
using System.CommandLine.Parsing;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures what the shortcuts save and cost.</summary>
internal static class BenchApproximationsCommand
{
    private const int Pictures = 20;

    private const int Steps = 50;

    private const int Size = 128;

    private const double Bold = 0.15;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint. [default: models/omnigen2-mini]", HelpName = "D" };
        var pictures = CommonOptions.Whole("--pictures", "N", $"Pictures, each drawn exactly and with every shortcut. [default: {Pictures}]", 1, 1000);
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of each. [default: {Steps}]", 1, 1000);
        var size = CommonOptions.Whole("--size", "W", $"Sides of the pictures. [default: {Size}]", 16, 2048);
        var thresholds = new Option<double[]>("--teacache") { Description = "Thresholds of TeaCache to measure beside its usual one.", HelpName = "0.03,0.15", DefaultValueFactory = _ => [Bold], CustomParser = ReadThresholds };
        var precision = CommonOptions.Precision();
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "approximations",
            "Draws the same pictures exactly and with each shortcut (TeaCache, TaylorSeer, guidance for a part of the steps) by turns, and says how much faster they are and how far from exact.",
            "omnigen2 bench approximations",
            "omnigen2 bench approximations --teacache 0.03,0.08,0.15 --pictures 5 --json")
        {
            model, pictures, steps, size, thresholds, precision, json, quiet,
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
                line.GetValue(thresholds)!,
                progress);
            report.Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static double[]? ReadThresholds(ArgumentResult result)
    {
        var numbers = result.Tokens[0].Value.Split(',').Select(CommonOptions.ToDouble).ToList();
        if (numbers.TrueForAll(n => n > 0))
        {
            return [.. numbers.Select(n => n!.Value)];
        }

        result.AddError($"--teacache is '{result.Tokens[0].Value}': use numbers above 0 with commas between them, for example 0.03,0.15.");
        return null;
    }
}
