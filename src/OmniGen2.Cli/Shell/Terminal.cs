namespace OmniGen2.Cli.Shell;

/// <summary>What a command reads, writes and listens to: the process's own streams and Ctrl-C, or those of a test.</summary>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error)
{
    private const string EraseToEnd = "\u001b[K";

    /// <summary>Somebody watches: lines may be rewritten in place.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Somebody types: the input is not a file or a pipe.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Columns of a watched terminal; a longer line could not be rewritten.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>Set by Ctrl-C; a command ends at the next step.</summary>
    public CancellationToken Stop { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Puts another text in the place of a watched line.</summary>
    public void Rewrite(string text)
    {
        Error.Write($"\r{text}{EraseToEnd}");
        Error.Flush();
    }

    public static Terminal OfProcess(CancellationToken stop)
    {
        var isWatched = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new Terminal(Console.In, Console.Out, Console.Error)
        {
            IsWatched = isWatched,
            Width = isWatched && !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : int.MaxValue,
            IsTyped = !Console.IsInputRedirected,
            Stop = stop,
        };
    }
}
