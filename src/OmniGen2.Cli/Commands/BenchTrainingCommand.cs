using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;
using OmniGen2.Training;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures how fast this machine trains.</summary>
internal static class BenchTrainingCommand
{
    private const int Size = 128;
    private const int Batch = 48;
    private const int TextTokens = 46;
    private const int Repeats = 10;

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of the checkpoint whose transformer is trained; it is only read. [default: models/omnigen2-mini]", HelpName = "D" };
        var threads = CommonOptions.Whole("--threads", "N", "Processor cores to use. [default: all]", 1, 1024);
        var batch = CommonOptions.Whole("--batch", "N", $"Samples of a step. [default: {Batch}]", 1, 4096);
        var text = CommonOptions.Whole("--text-tokens", "N", $"Tokens of a prompt. [default: {TextTokens}]", 1, 4096);
        var references = CommonOptions.Whole("--references", "N", "Reference pictures of a sample. [default: 0]", 0, 5);
        var size = CommonOptions.Whole("--size", "W", $"Sides of the pictures. [default: {Size}]", 16, 1024);
        var repeats = CommonOptions.Whole("--repeats", "N", $"Measured steps, after two to warm up. [default: {Repeats}]", 1, 100_000);
        var precision = CommonOptions.Choice("--precision", "Numbers that products are computed in. [default: bf16]", ("bf16", TrainingPrecision.Bf16), ("fp32", TrainingPrecision.Fp32));
        precision.DefaultValueFactory = _ => TrainingPrecision.Bf16;
        var profile = new Option<bool>("--profile") { Description = "Take one more step and print which operators it spends its time in." };
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "training",
            "Measures whole training steps of the diffusion transformer on this machine; what it learns is thrown away.",
            "omnigen2 bench training --threads 1 --profile",
            "omnigen2 bench training --precision fp32 --batch 32 --references 1")
        {
            model, threads, batch, text, references, size, repeats, precision, profile, json, quiet,
        };
        command.SetAction(line =>
        {
            var settings = new TrainingBenchSettings
            {
                Model = line.GetValue(model) ?? DefaultModel.Find(),
                Precision = line.GetValue(precision),
                Threads = line.GetValue(threads) ?? Environment.ProcessorCount,
                Batch = line.GetValue(batch) ?? Batch,
                TextTokens = line.GetValue(text) ?? TextTokens,
                References = line.GetValue(references) ?? 0,
                Size = (line.GetValue(size) ?? Size) / 16 * 16,
                Repeats = line.GetValue(repeats) ?? Repeats,
                Profiles = line.GetValue(profile),
                Stop = terminal.Stop,
            };
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            TrainingBench.Run(settings, progress).Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
