using System.CommandLine;
using System.CommandLine.Help;

namespace OmniGen2.Cli.Shell;

/// <summary>Parses and runs a command line, and turns every end that it can come to into an exit code and at most one sentence.</summary>
internal static class CommandLine
{
    // "@file" is not expanded: a prompt may begin with @.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Print the details of an unexpected fault.", Recursive = true };

    public static int Run(Command root, IReadOnlyList<string> args, Terminal terminal)
    {
        var help = new HelpOption { Recursive = true };
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Add(help);
        root.Add(new VersionOption());
        root.Add(Verbose);

        var line = root.Parse(args, Parser);
        return line.Errors.Count > 0 ? Refuse(line, terminal) : Invoke(line, terminal);
    }

    private static int Refuse(ParseResult line, Terminal terminal)
    {
        var isUnknownCommand = line.CommandResult.Command.Subcommands.Count > 0 && line.UnmatchedTokens.Count > 0;
        foreach (var error in isUnknownCommand ? [$"There is no command '{line.UnmatchedTokens[0]}'."] : line.Errors.Select(e => e.Message).Distinct())
        {
            terminal.Error.WriteLine(error);
        }

        terminal.Error.WriteLine($"Try: {Path(line)} --help");
        return ExitCode.Usage;
    }

    private static int Invoke(ParseResult line, Terminal terminal)
    {
        var streams = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return line.Invoke(streams);
        }
        catch (OperationCanceledException) when (terminal.Stop.IsCancellationRequested)
        {
            terminal.Error.WriteLine("Stopped.");
            return ExitCode.Interrupted;
        }
        catch (UsageException e)
        {
            terminal.Error.WriteLine(e.Message);
            terminal.Error.WriteLine($"Try: {Path(line)} --help");
            return ExitCode.Usage;
        }
        catch (ModelException e)
        {
            terminal.Error.WriteLine(e.Message);
            PrintDetails(e, line, terminal);
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            var details = line.GetValue(Verbose) ? "" : " Run the same command with --verbose for the details.";
            terminal.Error.WriteLine($"{Path(line)} failed unexpectedly: {e.Message.Split('\n')[0].TrimEnd(' ', '.', '\r')}.{details}");
            PrintDetails(e, line, terminal);
            return ExitCode.Failed;
        }
    }

    private static void PrintDetails(Exception e, ParseResult line, Terminal terminal)
    {
        if (line.GetValue(Verbose))
        {
            terminal.Error.WriteLine(e);
        }
    }

    private static string Path(ParseResult line)
    {
        var names = new List<string>();
        for (var result = (System.CommandLine.Parsing.SymbolResult?)line.CommandResult; result is System.CommandLine.Parsing.CommandResult command; result = result.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
