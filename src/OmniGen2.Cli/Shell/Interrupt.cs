using System.Runtime.InteropServices;

namespace OmniGen2.Cli.Shell;

/// <summary>Ctrl-C and a polite kill as a token: the first asks the command to end at its next step, the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private readonly PosixSignalRegistration[] _signals;

    private volatile bool _isKilled;

    public Interrupt()
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>What an interrupted process ends with, by the signal that came.</summary>
    public int ExitCode => _isKilled ? Shell.ExitCode.Terminated : Shell.ExitCode.Interrupted;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        _isKilled = context.Signal == PosixSignal.SIGTERM;
        if (_stop.IsCancellationRequested)
        {
            Environment.Exit(ExitCode);
        }

        context.Cancel = true;
        _stop.Cancel();
    }
}
