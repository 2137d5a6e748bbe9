using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures whole pictures and writes down what another implementation needs to draw the same one.</summary>
internal static class BenchPictureCommand
{
    private const int DefaultRepeats = 5;

    public static Command Create(Terminal terminal)
    {
        var model = CommonOptions.Model();
        var size = CommonOptions.Whole("--size", "W", "Sides of the picture. [default: 128]", 16, 2048);
        var steps = CommonOptions.Whole("--steps", "N", "Steps. [default: 20]", 1, 1000);
        var threads = CommonOptions.Whole("--threads", "N", "Processor cores to use. [default: all]", 1, 1024);
        var repeats = CommonOptions.Whole("--repeat", "R", $"Measured pictures, after one to warm up. [default: {DefaultRepeats}]", 1, 100_000);
        var precision = CommonOptions.Precision();
        var output = new Option<string?>("--out")
        {
            Description = "Write the first picture there before the others are measured: what the language model says of its prompts, starting noise, times, latents and pixels.",
            HelpName = "F.safetensors",
        };
        var turns = new Option<bool>("--by-turns") { Description = "Each picture, the one to warm up included, waits for a line on stdin and is answered with 'done' on stdout." };
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var command = new ExampleCommand(
            "picture",
            "Measures whole pictures from words to pixels, two branches of guidance. Made to alternate with another implementation on the same work.",
            "omnigen2 bench picture --model models/omnigen2-mini --steps 40",
            "omnigen2 bench picture --model D --size 256 --steps 4 --dtype bf16 --out picture.safetensors --json")
        {
            model, size, steps, threads, repeats, precision, output, turns, json,
        };
        command.SetAction(line =>
        {
            set_num_threads(line.GetValue(threads) ?? Environment.ProcessorCount);
            var settings = new BenchSettings
            {
                Model = line.GetRequiredValue(model),
                Precision = line.GetValue(precision),
                Size = (line.GetValue(size) ?? 128) / 16 * 16,
                Steps = line.GetValue(steps) ?? 20,
                Repeats = line.GetValue(repeats) ?? DefaultRepeats,
                Turns = line.GetValue(turns) ? new Turns(terminal.Input, terminal.Output) : null,
                Stop = terminal.Stop,
            };
            PictureBench.Report(settings, line.GetValue(output)).Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
