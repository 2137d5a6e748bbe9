using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures what drawing pictures side by side gives.</summary>
internal static class BenchBatchCommand
{
    private const int Lanes = 4;

    private const int Steps = 20;

    private const int Size = 128;

    private const int Layers = 4;

    private const int DefaultRepeats = 5;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint. [default: models/omnigen2-mini]", HelpName = "D" };
        var lanes = CommonOptions.Whole("--lanes", "N", $"Pictures side by side. [default: {Lanes}]", 2, 64);
        var parts = CommonOptions.Choice(
            "--parts", "What to measure. [default: all]", ("all", BatchParts.All), ("pictures", BatchParts.Pictures), ("products", BatchParts.Products), ("layers", BatchParts.Layers | BatchParts.Products));
        parts.DefaultValueFactory = _ => BatchParts.All;
        var layers = CommonOptions.Whole("--layers", "N", $"Layers of the released size; their random weights are written to disk once, 0.2 GB each. [default: {Layers}]", 1, 32);
        var cache = new Option<string?>("--cache-dir") { Description = $"Where the random weights are kept. [default: {RandomCheckpoint.DefaultFolder}]", HelpName = "D" };
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of the pictures. [default: {Steps}]", 1, 1000);
        var size = CommonOptions.Whole("--size", "W", $"Sides of the pictures. [default: {Size}]", 16, 512);
        var repeats = CommonOptions.Whole("--repeats", "N", $"Measured runs of everything, after one to warm up. [default: {DefaultRepeats}]", 1, 1000);
        var precision = CommonOptions.Precision();
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "batch",
            "Draws pictures one after the other and side by side, by turns, with a checkpoint and with a few layers of the released size, and says how much faster they are and that they are the same.",
            "omnigen2 bench batch",
            "omnigen2 bench batch --parts pictures --lanes 8 --dtype bf16 --json")
        {
            model, lanes, parts, layers, cache, steps, size, repeats, precision, json, quiet,
        };
        command.SetAction(line =>
        {
            var settings = new BenchSettings
            {
                Model = line.GetValue(model) ?? DefaultModel.Find(),
                Precision = line.GetValue(precision),
                Size = (line.GetValue(size) ?? Size) / 16 * 16,
                Steps = line.GetValue(steps) ?? Steps,
                Repeats = line.GetValue(repeats) ?? DefaultRepeats,
                Stop = terminal.Stop,
            };
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            var batch = new BatchSettings
            {
                Lanes = line.GetValue(lanes) ?? Lanes,
                Parts = line.GetValue(parts),
                Cache = line.GetValue(cache) ?? RandomCheckpoint.DefaultFolder,
                Layers = line.GetValue(layers) ?? Layers,
            };
            BatchBench.Run(settings, batch, progress).Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
