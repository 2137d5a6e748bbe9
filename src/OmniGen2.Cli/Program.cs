using System.CommandLine;
using OmniGen2.Cli.Commands;
using OmniGen2.Cli.Shell;
using OmniGen2.Cli.Training;

namespace OmniGen2.Cli;

/// <summary>The model from the command line: one file a command.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var interrupt = new Interrupt();
        var code = Run(args, Terminal.OfProcess(interrupt.Token));
        return code == ExitCode.Interrupted ? interrupt.ExitCode : code;
    }

    /// <summary>As the process does it, with streams that the caller chooses.</summary>
    public static int Run(IReadOnlyList<string> args, Terminal terminal) => Run(args, terminal, TrainingKind.All);

    /// <summary>As above, with other things to train.</summary>
    public static int Run(IReadOnlyList<string> args, Terminal terminal, IReadOnlyList<TrainingKind> kinds) => CommandLine.Run(Commands(terminal, kinds), args, terminal);

    private static Command Commands(Terminal terminal, IReadOnlyList<TrainingKind> kinds) => new("omnigen2", "Draws, edits and talks about pictures with OmniGen2, on this machine.")
    {
        GenerateCommand.Create(terminal),
        ChatCommand.Create(terminal),
        InspectCommand.Create(terminal),
        VerifyCommand.Create(terminal),
        TrainCommand.Create(terminal, kinds),
        BenchCommand.Create(terminal),
        BenchPartCommand.Create(terminal),
        EvalCommand.Create(terminal),
    };
}
