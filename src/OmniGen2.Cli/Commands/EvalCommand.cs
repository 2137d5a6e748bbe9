using System.CommandLine;
using OmniGen2.Cli.Evaluation;
using OmniGen2.Cli.Shell;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Reflection;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Cli.Commands;

/// <summary>Scores a checkpoint.</summary>
internal static class EvalCommand
{
    private const int DefaultCount = 200;

    private const int MostTasks = 100_000;

    private const int MostThreads = 1024;

    public static Command Create(Terminal terminal) => new("eval", "Scores a checkpoint on tasks whose right result is known.") { Shapes(terminal), Reflection(terminal) };

    private static ExampleCommand Shapes(Terminal terminal)
    {
        var model = CommonOptions.Model();
        var count = CommonOptions.Whole("--count", "N", $"Tasks of each kind. [default: {DefaultCount}]", 1, MostTasks);
        var seed = Seed();
        var steps = CommonOptions.Whole("--steps", "N", "Denoising steps. [default: the checkpoint's own]", 1, 1000);
        var scheduler = CommonOptions.Scheduler();
        var threads = CommonOptions.Whole("--threads", "N", "Threads to compute with. [default: all]", 1, MostThreads);
        var only = Only();
        var sheets = new Option<string?>("--sheets") { Description = "Folder for contact sheets with every picture and answer.", HelpName = "DIR" };
        var precision = CommonOptions.Precision();
        precision.Aliases.Add("--precision");
        var json = CommonOptions.Json("No table, only the line of JSON that otherwise comes last.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "shapes",
            "Has a checkpoint of the shapes world draw, edit, compose and answer, reads its pictures back and scores them strictly: all is right or the picture is wrong. "
            + "The part of the world that is asked for stands in the checkpoint's world.json; without the file it is all of it.",
            "omnigen2 eval shapes --model models/omnigen2-mini --count 24 --seed 905",
            "omnigen2 eval shapes --model D --only t2i,vqa --steps 20 --scheduler dpmsolver++ --json",
            "omnigen2 eval shapes --model D --count 8 --sheets sheets")
        {
            model, count, seed, steps, scheduler, threads, only, sheets, precision, json, quiet,
        };
        command.SetAction(line => new ShapesRun(
            new ShapesArguments
            {
                Model = line.GetRequiredValue(model),
                Count = line.GetValue(count) ?? DefaultCount,
                Seed = EvaluationSeed(line.GetValue(seed) ?? 0),
                Steps = line.GetValue(steps),
                Scheduler = line.GetValue(scheduler),
                Threads = line.GetValue(threads),
                Abilities = line.GetValue(only) is { Length: > 0 } some ? some : Enum.GetValues<ShapesAbility>(),
                Sheets = line.GetValue(sheets),
                Precision = line.GetValue(precision),
                IsJsonOnly = line.GetValue(json),
                IsQuiet = line.GetValue(quiet),
            },
            terminal).Run());
        return command;
    }

    private static ExampleCommand Reflection(Terminal terminal)
    {
        var model = CommonOptions.Model();
        var count = CommonOptions.Whole("--count", "N", $"Prompts. [default: {DefaultCount}]", 1, MostTasks);
        var seed = Seed();
        var steps = CommonOptions.Whole("--steps", "N", "Denoising steps. [default: the checkpoint's own]", 1, 1000);
        var threads = CommonOptions.Whole("--threads", "N", "Threads to compute with. [default: all]", 1, MostThreads);
        var judge = new Option<string?>("--judge") { Description = "Folder of a checkpoint whose language model judges. [default: the one that draws]", HelpName = "D" };
        var edits = new Option<bool>("--edits") { Description = "Edits instead of prompts." };
        var rounds = CommonOptions.Whole("--rounds", "N", "Pictures a prompt, the first included. [default: 3]", 1, ReflectionBudget.MaxRounds);
        var form = CommonOptions.Choice<JudgeForm?>(
            "--form", "In which words the judge is asked. [default: the checkpoint's own]", ("shapes", JudgeForm.Shapes), ("caption", JudgeForm.Caption), ("general", JudgeForm.General));
        var pass = CommonOptions.Number("--pass", "X", "Score of a picture that is good enough. [default: the checkpoint's own]", Verdict.MaxScore);
        var editFrom = CommonOptions.Number("--edit-from", "X", "Score from which a picture is edited instead of drawn anew; 26: never. [default: the checkpoint's own]", Verdict.MaxScore + 1);
        var patience = CommonOptions.Whole("--patience", "N", "Rounds in a row that may get no better. [default: the checkpoint's own]", 1, ReflectionBudget.MaxRounds);
        var precision = CommonOptions.Precision();
        var json = CommonOptions.Json("No table, only the line of JSON that otherwise comes last.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "reflection",
            "Has a checkpoint of the shapes world draw, check its own pictures and improve them, and says what that adds to the score: the first rounds are what it draws without.",
            "omnigen2 eval reflection --model models/omnigen2-mini --count 200 --seed 905",
            "omnigen2 eval reflection --model D --edit-from 0 --patience 1 --json")
        {
            model, judge, count, edits, seed, steps, threads, rounds, form, pass, editFrom, patience, precision, json, quiet,
        };
        command.SetAction(line => new ReflectionRun(
            new ReflectionArguments
            {
                Model = line.GetRequiredValue(model),
                Count = line.GetValue(count) ?? DefaultCount,
                Seed = EvaluationSeed(line.GetValue(seed) ?? 0),
                OfEdits = line.GetValue(edits),
                Judge = line.GetValue(judge),
                Steps = line.GetValue(steps),
                Threads = line.GetValue(threads),
                Budget = new ReflectionBudget { Rounds = line.GetValue(rounds) ?? 3, Seconds = ReflectionBudget.MaxSeconds },
                Form = line.GetValue(form),
                Pass = line.GetValue(pass),
                EditFrom = line.GetValue(editFrom),
                Patience = line.GetValue(patience),
                Precision = line.GetValue(precision),
                IsJsonOnly = line.GetValue(json),
                IsQuiet = line.GetValue(quiet),
            },
            terminal).Run());
        return command;
    }

    private static Option<long?> Seed() => CommonOptions.Long(
        "--seed", "S", $"Which tasks: seeds from {SceneRandom.FirstEvaluationSeed} on are never trained on; {SceneRandom.FirstEvaluationSeed} is added to smaller ones. [default: 0]");

    private static Option<ShapesAbility[]> Only()
    {
        var words = Enum.GetValues<ShapesAbility>().ToDictionary(ShapesReport.Name);
        return new Option<ShapesAbility[]>("--only")
        {
            Description = $"Only some of {string.Join(", ", words.Keys)}, with commas between.",
            HelpName = "t2i,edit",
            CustomParser = result =>
            {
                var asked = result.Tokens[0].Value.Split(',');
                if (Array.Find(asked, word => !words.ContainsKey(word)) is not { } unknown)
                {
                    return [.. asked.Select(word => words[word]).Distinct()];
                }

                result.AddError($"--only '{unknown}' is unknown: use some of {string.Join(", ", words.Keys)}.");
                return [];
            },
        };
    }

    private static long EvaluationSeed(long seed) => seed < SceneRandom.FirstEvaluationSeed ? seed + SceneRandom.FirstEvaluationSeed : seed;
}
