using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Says which operators a picture and an answer spend their time in.</summary>
internal static class BenchProfileCommand
{
    private const int Steps = 10;

    private const int Size = 128;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint. [default: models/omnigen2-mini]", HelpName = "D" };
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of the picture. [default: {Steps}]", 1, 1000);
        var size = CommonOptions.Whole("--size", "W", $"Sides of the picture. [default: {Size}]", 16, 2048);
        var precision = CommonOptions.Precision();
        var json = CommonOptions.Json("Print one line of JSON instead of tables.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "profile",
            "Draws a picture, decodes it and answers a question, and says which operators their thread spends its processor time in.",
            "omnigen2 bench profile",
            "omnigen2 bench profile --dtype bf16 --size 256 --json")
        {
            model, steps, size, precision, json, quiet,
        };
        command.SetAction(line =>
        {
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            var settings = new BenchSettings
            {
                Model = line.GetValue(model) ?? DefaultModel.Find(),
                Precision = line.GetValue(precision),
                Size = (line.GetValue(size) ?? Size) / 16 * 16,
                Steps = line.GetValue(steps) ?? Steps,
                Repeats = 1,
                Stop = terminal.Stop,
            };
            ProfileBench.Run(settings, progress, terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
