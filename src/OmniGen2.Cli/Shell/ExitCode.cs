namespace OmniGen2.Cli.Shell;

/// <summary>What scripts go by.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    /// <summary>The command line cannot be understood; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Stopped with Ctrl-C: 128 and the signal's number, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM, as by a system that shuts down.</summary>
    public const int Terminated = 143;
}
