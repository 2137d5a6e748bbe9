using System.Diagnostics;
using OmniGen2.Reflection;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Gives a checkpoint the fixed prompts of the shapes world, lets it check and improve its pictures, and scores the first and the chosen one.</summary>
/// <param name="pipeline">The checkpoint that draws.</param>
/// <param name="judge">Looks at what was drawn.</param>
/// <param name="world">The part of the world that is asked for.</param>
/// <param name="seed">Of the tasks and of the noise, as for <see cref="ShapesEvaluation"/>: the first round draws the very picture that is scored there.</param>
/// <param name="steps">Denoising steps.</param>
/// <param name="settings">What follows from a verdict.</param>
/// <param name="budget">What every picture may take.</param>
public sealed class ReflectionEvaluation(IPipeline pipeline, IJudge judge, WorldOptions world, long seed, int steps, JudgeSettings settings, ReflectionBudget budget)
{
    private readonly EvaluationTasks _tasks = new(seed, world);

    private readonly Drawer _drawer = new(pipeline, steps);

    /// <summary>The first <paramref name="count"/> prompts, one by one.</summary>
    public IEnumerable<ReflectedTask> Run(int count, CancellationToken cancellation = default) => Enumerable.Range(0, count).Select(index =>
    {
        var task = _tasks.T2i(index);
        return Reflect(new Asked(task.Prompt, [], $"{task.Scene.Objects.Length}", seen => Scores.T2i(task, seen)), seed + index, cancellation);
    });

    /// <summary>The first <paramref name="count"/> edits, one by one.</summary>
    public IEnumerable<ReflectedTask> RunEdits(int count, CancellationToken cancellation = default) => Enumerable.Range(0, count).Select(index =>
    {
        var task = _tasks.Edit(index);
        return Reflect(new Asked(task.Instruction, [ScenePainter.Paint(task.Source)], $"{task.Kind}".ToLowerInvariant(), seen => Scores.Edit(task, seen)), seed + index, cancellation);
    });

    private ReflectedTask Reflect(Asked task, long first, CancellationToken cancellation)
    {
        var loop = new ReflectionLoop(task.Words, first, settings, budget);
        var (rounds, drawn, begin) = (new List<Round>(), new List<DrawnRound>(), Stopwatch.GetTimestamp());
        while (loop.Next(rounds, Stopwatch.GetElapsedTime(begin)) is { } plan)
        {
            var images = plan.IsEdit ? [drawn[plan.After!.Value - 1].Picture] : task.References;
            var (picture, drawing) = _drawer.Draw(_drawer.Request(plan.Prompt, images, plan.Seed), cancellation);
            var verdict = judge.Judge(new JudgedPicture(task.Words, picture) { References = task.References }).Last()!;
            rounds.Add(new Round(plan, verdict));
            drawn.Add(new DrawnRound(picture, verdict.Score >= settings.Pass, task.IsRight(Detector.Read(picture)), drawing));
        }

        return new ReflectedTask
        {
            Kind = task.Kind,
            Rounds = drawn,
            Best = ReflectionLoop.Best(rounds)!.Plan.Number,
            End = loop.End(rounds, Stopwatch.GetElapsedTime(begin)) ?? ReflectionEnd.SecondsSpent,
            Seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds,
        };
    }

    /// <param name="Words">The prompt or the instruction.</param>
    /// <param name="References">What is edited.</param>
    /// <param name="Kind">Of the same kind are counted together.</param>
    /// <param name="IsRight">Of what is seen in the result.</param>
    private sealed record Asked(string Words, IReadOnlyList<RgbImage> References, string Kind, Func<Scene, bool> IsRight);
}
