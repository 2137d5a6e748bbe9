using System.CommandLine;
using OmniGen2.Cli.Commands;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli;

/// <summary>The model from the command line: one file a command.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var interrupt = new Interrupt();
        return Run(args, Terminal.OfProcess(interrupt.Token));
    }

    /// <summary>As the process does it, with streams that the caller chooses.</summary>
    public static int Run(IReadOnlyList<string> args, Terminal terminal) => CommandLine.Run(Commands(terminal), args, terminal);

    private static Command Commands(Terminal terminal) => new("omnigen2", "Draws, edits and talks about pictures with OmniGen2, on this machine.")
    {
        GenerateCommand.Create(terminal),
        ChatCommand.Create(terminal),
        InspectCommand.Create(terminal),
        VerifyCommand.Create(terminal),
        BenchCommand.Create(terminal),
        BenchPartCommand.Create(terminal),
        EvalCommand.Create(terminal),
    };
}
