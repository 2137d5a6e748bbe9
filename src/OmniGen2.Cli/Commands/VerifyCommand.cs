using System.CommandLine;
using OmniGen2.Cli.Shell;
using OmniGen2.Cli.Verification;
using OmniGen2.Evaluation.Parity;

namespace OmniGen2.Cli.Commands;

/// <summary>Does again what the original did, and compares.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with recorded data of the original." };
        var device = new Option<string>("--device")
        {
            Description = "Where to compute: cpu, cuda, cuda:1; auto takes a GPU when there is one.",
            HelpName = "cpu|cuda",
            DefaultValueFactory = _ => "auto",
        };
        var filter = new Option<string[]>("--filter") { Description = "Run only cases with this text in their name; may be given more than once.", HelpName = "TEXT" };
        var records = new Option<bool>("--records") { Description = "List every value that was compared below its case." };
        var json = CommonOptions.Json("Print one JSON object instead of text.");
        var command = new ExampleCommand(
            "verify",
            "Proves a machine, a GPU or a build: repeats what the original recorded, and says for every case how close the result comes. "
            + "Error and tolerance are those of the value that comes closest to its tolerance, the cosine is the lowest.",
            "omnigen2 verify tests/OmniGen2.Tests/Golden",
            "omnigen2 verify tests/OmniGen2.Tests/Golden --device cuda",
            "omnigen2 verify tests/OmniGen2.Tests/Golden --filter dit-tiny/ --records")
        {
            folder, device, filter, records, json,
        };
        command.SetAction(line =>
        {
            using var suite = ParitySuite.Open(line.GetRequiredValue(folder), line.GetRequiredValue(device));
            var report = new VerifyReport(suite, line.GetValue(records));
            var cases = Wanted(suite, line.GetValue(filter) ?? []);
            var outcomes = Timed(suite.Run(cases.Contains, terminal.Stop), terminal);
            var isAllOk = line.GetValue(json) ? report.WriteJson(outcomes, terminal.Output) : report.WriteText(outcomes, cases, terminal.Output);
            return isAllOk ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static HashSet<ParityCase> Wanted(ParitySuite suite, string[] texts)
    {
        var wanted = suite.Cases.Where(c => texts.Length == 0 || texts.Any(t => c.Name.Contains(t, StringComparison.OrdinalIgnoreCase))).ToHashSet();
        return wanted.Count > 0
            ? wanted
            : throw new UsageException($"--filter {string.Join(" --filter ", texts)} fits none of the {suite.Cases.Count()} cases, which begin with '{suite.Cases.First().Name}'.");
    }

    private static IEnumerable<VerifyOutcome> Timed(IEnumerable<(ParityCase Case, ParityResult Result)> outcomes, Terminal terminal)
    {
        var begin = terminal.Clock.GetTimestamp();
        foreach (var (item, result) in outcomes)
        {
            yield return new VerifyOutcome(item.Name, result, terminal.Clock.GetElapsedTime(begin));
            begin = terminal.Clock.GetTimestamp();
        }
    }
}
