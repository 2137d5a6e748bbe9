using System.CommandLine;
using OmniGen2.Cli.Shell;
using OmniGen2.Training;

namespace OmniGen2.Cli.Training;

/// <summary>The options of <c>train KIND</c>, the same for whatever is trained.</summary>
internal sealed class TrainOptions
{
    private static readonly TimeSpan DefaultSheetsEvery = TimeSpan.FromMinutes(15);

    private readonly Option<string> _config = new("--config") { Description = "What to train, on what and how; docs/training.md has examples.", HelpName = "F.json", Required = true };

    private readonly Option<string> _out = new("--out") { Description = "Folder of the run: state, log, contact sheets, checkpoint, report.", HelpName = "DIR", Required = true };

    private readonly Option<string?> _resume = new("--resume") { Description = "Go on from the state in this folder, usually that of --out; from another one it is copied first.", HelpName = "DIR" };

    private readonly Option<TimeSpan?> _budget = CommonOptions.Time("--budget", "Save and end after this time, however many steps are left.");

    private readonly Option<CooldownText?> _cooldown = new("--cooldown")
    {
        Description = "Let the learning rate fall evenly to the schedule's floor over this last part of the budget, instead of by steps: a time, or a share such as 25%.",
        HelpName = "TIME",
        CustomParser = result => CommonOptions.Parse<CooldownText>(result, CooldownText.Read, CooldownText.Expected),
    };

    private readonly Option<TimeSpan?> _sheetsEvery = CommonOptions.Time("--sheets-every", "Time between two lots of contact sheets, each with a checkpoint and a report. [default: 15m]");

    private readonly Option<int?> _threads = CommonOptions.Whole("--threads", "N", "Threads to compute with. [default: as many as cores]", 1, 1024);

    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_config, _out, _resume, _budget, _cooldown, _sheetsEvery, _threads, _quiet])
        {
            command.Add(option);
        }
    }

    public TrainArguments Read(ParseResult line) => new()
    {
        Config = line.GetRequiredValue(_config),
        Out = line.GetRequiredValue(_out),
        Resume = line.GetValue(_resume),
        Budget = Budget(line.GetValue(_budget), line.GetValue(_cooldown)),
        SheetsEvery = line.GetValue(_sheetsEvery) ?? DefaultSheetsEvery,
        Threads = line.GetValue(_threads),
        IsQuiet = line.GetValue(_quiet),
    };

    private static TrainingBudget? Budget(TimeSpan? time, CooldownText? cooldown)
    {
        if (time is not { } budget)
        {
            return cooldown is null ? null : throw new UsageException("--cooldown is the last part of a budget: give --budget too.");
        }

        return new TrainingBudget(budget) { Cooldown = cooldown?.Of(budget) ?? TimeSpan.Zero };
    }
}
