using OmniGen2.Cli.Shell;
using OmniGen2.Cli.Training;

namespace OmniGen2.Cli.Tests;

/// <summary>One command line run inside the test, with everything that it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static CliRun Of(params string[] args) => Of(new CliOptions(), args);

    public static CliRun Of(CliOptions options, params string[] args)
    {
        using var output = new StringWriter();
        using var error = options.Error ?? new StringWriter();
        var terminal = new Terminal(options.Reader ?? new StringReader(options.Input), output, error)
        {
            IsWatched = options.IsWatched,
            IsTyped = options.IsTyped,
            Stop = options.Stop,
        };
        var code = Program.Run(args, terminal, options.Kinds);
        return new CliRun(code, output.ToString(), error.ToString()!);
    }

    /// <summary>The run went well; otherwise the test shows what it said.</summary>
    public CliRun MustSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return this;
    }
}

/// <summary>What surrounds a run.</summary>
internal sealed record CliOptions
{
    public string Input { get; init; } = "";

    /// <summary>Instead of <see cref="Input"/>.</summary>
    public TextReader? Reader { get; init; }

    public bool IsWatched { get; init; }

    public bool IsTyped { get; init; }

    public CancellationToken Stop { get; init; }

    public IReadOnlyList<TrainingKind> Kinds { get; init; } = TrainingKind.All;

    public StringWriter? Error { get; init; }
}
