using System.CommandLine;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures one forward of the transformer on weights and inputs that somebody gives.</summary>
internal static class BenchForwardCommand
{
    private const int DefaultRepeats = 5;

    public static Command Create(Terminal terminal)
    {
        var weights = new Option<string>("--weights") { Description = "The transformer's weights; its config.json lies beside them.", HelpName = "F.safetensors", Required = true };
        var inputs = new Option<string>("--inputs")
        {
            Description = "Inputs under the names of the recorded files: input.s0.latent, input.timestep, input.text, perhaps input.s0.ref0.latent and so on. A result in it, out.s0.output, is compared.",
            HelpName = "F.safetensors",
            Required = true,
        };
        var threads = CommonOptions.Whole("--threads", "N", "Processor cores to use. [default: all]", 1, 1024);
        var repeats = CommonOptions.Whole("--repeat", "R", $"Measured runs, after one to warm up. [default: {DefaultRepeats}]", 1, 100_000);
        repeats.Aliases.Add("--repeats");
        var precision = CommonOptions.Precision();
        var output = new Option<string?>("--out") { Description = "Write the velocities there, as out.s0.output and so on.", HelpName = "F.safetensors" };
        var turns = new Option<bool>("--by-turns") { Description = "Each run, the one to warm up included, waits for a line on stdin and is answered with 'done' on stdout." };
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var command = new ExampleCommand(
            "forward",
            "Measures one forward of the diffusion transformer on given weights and inputs: median, best, peak memory. Made to alternate with another implementation on the same work.",
            "omnigen2 bench forward --weights W/diffusion_pytorch_model.safetensors --inputs case.safetensors --threads 2 --repeat 9",
            "omnigen2 bench forward --weights W/diffusion_pytorch_model.safetensors --inputs case.safetensors --json")
        {
            weights, inputs, threads, repeats, precision, output, turns, json,
        };
        command.SetAction(line =>
        {
            var report = ForwardBench.Run(new ForwardSettings
            {
                Weights = line.GetRequiredValue(weights),
                Inputs = line.GetRequiredValue(inputs),
                Precision = line.GetValue(precision),
                Threads = line.GetValue(threads) ?? Environment.ProcessorCount,
                Repeats = line.GetValue(repeats) ?? DefaultRepeats,
                Output = line.GetValue(output),
                Turns = line.GetValue(turns) ? new Turns(terminal.Input, terminal.Output) : null,
                Stop = terminal.Stop,
            });
            report.Write(terminal.Output, line.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
