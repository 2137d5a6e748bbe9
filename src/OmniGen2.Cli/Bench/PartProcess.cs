using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace OmniGen2.Cli.Bench;

/// <summary>Measures one part in a process of its own, so that its peak of memory is its own.</summary>
internal static class PartProcess
{
    public const string Command = "bench-part";

    public static Samples Run(string part, BenchSettings settings)
    {
        using var process = Start(
        [
            Command, "--part", part, "--model", settings.Model,
            "--dtype", settings.DType == torch.ScalarType.Float32 ? "fp32" : "bf16",
            "--size", settings.Size.ToString(CultureInfo.InvariantCulture),
            "--repeats", settings.Repeats.ToString(CultureInfo.InvariantCulture),
            .. settings.IsStreamed ? ["--streamed"] : Array.Empty<string>(),
        ]);
        using var killed = settings.Stop.Register(() => process.Kill());
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        settings.Stop.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? Samples.Parse(output)
            : throw new ModelException($"Measuring the {part} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
    }

    // This very program: its own executable, or what dotnet was given to run.
    private static Process Start(IReadOnlyList<string> arguments)
    {
        var assembly = typeof(Program).Assembly;
        var own = Environment.ProcessPath!;
        var isOwn = Path.GetFileNameWithoutExtension(own) == assembly.GetName().Name;
        var start = new ProcessStartInfo(isOwn || Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in isOwn ? arguments : [assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
