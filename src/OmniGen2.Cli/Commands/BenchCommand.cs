using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures this machine.</summary>
internal static class BenchCommand
{
    private const int MiniSize = 128;

    // With 100 tokens of text, 256 × 256 pixels make the sequence of 356 tokens.
    private const int FullSize = 256;

    private const int Steps = 20;

    private const int FullSizeSteps = 4;

    private const int DefaultRepeats = 3;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint. [default: models/omnigen2-mini]", HelpName = "D" };
        var fullSize = new Option<bool>("--full-size") { Description = "Measure the released sizes instead, with random weights that are written to disk once (16 GB; 8 GB with --parts transformer)." };
        var parts = CommonOptions.Choice("--parts", "With --full-size, what to measure. [default: picture]", ("picture", BenchParts.Picture), ("transformer", BenchParts.Transformer), ("all", BenchParts.All));
        var cache = new Option<string?>("--cache-dir") { Description = $"With --full-size, where the random weights are kept. [default: {RandomCheckpoint.DefaultFolder}]", HelpName = "D" };
        var size = CommonOptions.Whole("--size", "W", $"Sides of the picture. [default: {MiniSize}; {FullSize} with --full-size]", 16, 2048);
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of the whole picture. [default: {Steps}; {FullSizeSteps} with --full-size]", 1, 1000);
        var repeats = CommonOptions.Whole("--repeats", "N", $"Measured runs of everything, after one to warm up. [default: {DefaultRepeats}]", 1, 1000);
        var precision = CommonOptions.Precision();
        var weights = CommonOptions.Weights("; with --full-size, int8 is measured beside full instead of streaming");
        var graphs = CommonOptions.Graphs();
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "bench",
            "Measures the parts of a checkpoint and whole pictures on this machine.",
            "omnigen2 bench",
            "omnigen2 bench --model D --steps 50 --size 512 --dtype bf16",
            "omnigen2 bench --full-size --json >> figures.jsonl")
        {
            model, fullSize, parts, cache, size, steps, repeats, precision, weights, graphs, json, quiet,
        };
        command.Subcommands.Add(BenchTrainingCommand.Create(terminal));
        command.Subcommands.Add(BenchApproximationsCommand.Create(terminal));
        command.Subcommands.Add(BenchBatchCommand.Create(terminal));
        command.Subcommands.Add(BenchCurvesCommand.Create(terminal));
        command.Subcommands.Add(BenchForwardCommand.Create(terminal));
        command.Subcommands.Add(BenchGpuCommand.Create(terminal));
        command.Subcommands.Add(BenchPictureCommand.Create(terminal));
        command.Subcommands.Add(BenchProfileCommand.Create(terminal));
        command.SetAction(line =>
        {
            var isFull = line.GetValue(fullSize);
            var place = isFull ? line.GetValue(cache) ?? RandomCheckpoint.DefaultFolder : line.GetValue(model) ?? DefaultModel.Find();
            var settings = new BenchSettings
            {
                Model = place,
                Precision = line.GetValue(precision),
                DType = line.GetValue(precision) == ModelPrecision.Float32 ? ScalarType.Float32 : ScalarType.BFloat16,
                Weights = line.GetValue(weights),
                Graphs = line.GetValue(graphs),
                Size = (line.GetValue(size) ?? (isFull ? FullSize : MiniSize)) / 16 * 16,
                Steps = line.GetValue(steps) ?? (isFull ? FullSizeSteps : Steps),
                Repeats = line.GetValue(repeats) ?? DefaultRepeats,
                Stop = terminal.Stop,
            };
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            var report = isFull ? FullSizeBench.Run(settings, line.GetValue(parts), progress) : CheckpointBench.Run(settings, progress);
            report.Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
