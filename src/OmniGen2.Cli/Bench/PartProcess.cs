using System.Diagnostics;
using System.Globalization;
using OmniGen2.Cli.Shell;
using TorchSharp;

namespace OmniGen2.Cli.Bench;

/// <summary>Measures one part in a process of its own, so that its peak of memory is its own.</summary>
internal sealed class PartProcess : IDisposable
{
    public const string Command = "bench-part";

    private readonly string _part;
    private readonly CancellationToken _stop;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CancellationTokenRegistration _killed;

    private PartProcess(string part, BenchSettings settings, bool byTurns)
    {
        _part = part;
        _stop = settings.Stop;
        _process = Process.Start(Describe(
        [
            Command, "--part", part, "--model", settings.Model,
            "--dtype", settings.DType == torch.ScalarType.Float32 ? "fp32" : "bf16",
            "--size", settings.Size.ToString(CultureInfo.InvariantCulture),
            "--repeats", settings.Repeats.ToString(CultureInfo.InvariantCulture),
            "--steps", settings.Steps.ToString(CultureInfo.InvariantCulture),
            .. settings.IsStreamed ? ["--streamed"] : Array.Empty<string>(),
            "--weights", CommonOptions.NameOf(settings.Weights),
            "--graphs", settings.Graphs == GraphUse.Off ? "off" : "auto",
            .. byTurns ? ["--by-turns"] : Array.Empty<string>(),
        ]))!;
        _errors = _process.StandardError.ReadToEndAsync();
        _killed = _stop.Register(Kill);
    }

    /// <param name="part">picture, transformer, vae or mllm.</param>
    /// <param name="settings">What to measure.</param>
    /// <param name="byTurns">Each run, the warming up included, waits for a <see cref="Turn"/>.</param>
    public static PartProcess Start(string part, BenchSettings settings, bool byTurns = false) => new(part, settings, byTurns);

    public static Samples Run(string part, BenchSettings settings)
    {
        using var process = Start(part, settings);
        return process.Finish();
    }

    /// <summary>One run.</summary>
    public void Turn()
    {
        _process.StandardInput.WriteLine();
        if (_process.StandardOutput.ReadLine() != Turns.Done)
        {
            _stop.ThrowIfCancellationRequested();
            throw Failed();
        }
    }

    /// <summary>Waits for the end and takes over what was measured.</summary>
    public Samples Finish()
    {
        var output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        _stop.ThrowIfCancellationRequested();
        return _process.ExitCode == 0 ? Samples.Parse(output) : throw Failed();
    }

    public void Dispose()
    {
        _killed.Dispose();
        Kill();
        _process.Dispose();
    }

    // This very program: its own executable, or what dotnet was given to run.
    private static ProcessStartInfo Describe(IReadOnlyList<string> arguments)
    {
        var assembly = typeof(Program).Assembly;
        var own = Environment.ProcessPath!;
        var isOwn = Path.GetFileNameWithoutExtension(own) == assembly.GetName().Name;
        return new ProcessStartInfo(
            isOwn || Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet",
            isOwn ? arguments : [assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private ModelException Failed()
    {
        _process.WaitForExit();
        return new ModelException($"Measuring the {_part} ended with {_process.ExitCode}: {_errors.GetAwaiter().GetResult().Trim()}");
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }
}
