using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Commands;

/// <summary>What `bench --full-size` starts for each measurement. Prints the samples as JSON; not for people.</summary>
internal static class BenchPartCommand
{
    public static Command Create(Terminal terminal)
    {
        var part = CommonOptions.Choice<Func<BenchSettings, Samples>>(
            "--part", "What to measure.", ("picture", PictureBench.Measure), ("transformer", TransformerBench.Measure), ("vae", VaeBench.Measure), ("mllm", LanguageBench.Measure));
        part.Required = true;
        var model = CommonOptions.Model();
        var streamed = new Option<bool>("--streamed") { Description = "Weights are read from the file as they are used." };
        var weights = CommonOptions.Weights();
        var graphs = CommonOptions.Graphs();
        var turns = new Option<bool>("--by-turns") { Description = "Each run waits for a line on stdin and is answered with one on stdout." };
        var size = CommonOptions.Whole("--size", "W", "Sides of the picture.", 16);
        var steps = CommonOptions.Whole("--steps", "N", "Steps of a picture.", 1);
        var repeats = CommonOptions.Whole("--repeats", "N", "Measured runs.", 1);
        var precision = CommonOptions.Precision();
        size.Required = repeats.Required = precision.Required = true;
        var command = new Command(PartProcess.Command, "Measures one part in this process.") { part, model, streamed, weights, graphs, turns, size, steps, repeats, precision };
        command.Hidden = true;
        command.SetAction(line =>
        {
            var samples = line.GetRequiredValue(part)(new BenchSettings
            {
                Model = line.GetRequiredValue(model),
                DType = line.GetValue(precision) == ModelPrecision.Float32 ? ScalarType.Float32 : ScalarType.BFloat16,
                Size = line.GetValue(size)!.Value,
                Steps = line.GetValue(steps) ?? 20,
                Repeats = line.GetValue(repeats)!.Value,
                IsStreamed = line.GetValue(streamed),
                Weights = line.GetValue(weights),
                Graphs = line.GetValue(graphs),
                Turns = line.GetValue(turns) ? new Turns(terminal.Input, terminal.Output) : null,
                Stop = terminal.Stop,
            });
            terminal.Output.WriteLine(samples.ToJson());
            return ExitCode.Done;
        });
        return command;
    }
}
