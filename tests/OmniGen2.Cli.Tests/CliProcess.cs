using System.Diagnostics;
using System.Globalization;

namespace OmniGen2.Cli.Tests;

/// <summary>The command line as a process of its own, for what a process alone can suffer.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task<string> _output;

    private CliProcess(IEnumerable<string> args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OmniGen2.Cli.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _error = _process.StandardError.ReadToEndAsync();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    public static CliProcess Start(params string[] args) => new(args);

    public CliRun Finish()
    {
        _process.WaitForExit();
        return new CliRun(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, as from a system that shuts down.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
