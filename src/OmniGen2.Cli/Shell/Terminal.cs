namespace OmniGen2.Cli.Shell;

/// <summary>What a command reads, writes and listens to: the process's own streams and Ctrl-C, or those of a test.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Somebody watches: lines may be rewritten in place.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Somebody types: the input is not a file or a pipe.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Set by Ctrl-C; a command ends at the next step.</summary>
    public CancellationToken Stop { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static Terminal OfProcess(CancellationToken stop) => new(Console.In, Console.Out, Console.Error)
    {
        IsWatched = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        IsTyped = !Console.IsInputRedirected,
        Stop = stop,
    };
}
