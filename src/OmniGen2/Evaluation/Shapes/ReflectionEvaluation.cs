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

    /// <summary>The first <paramref name="count"/> tasks, one by one.</summary>
    public IEnumerable<ReflectedTask> Run(int count, CancellationToken cancellation = default)
    {
        for (var index = 0; index < count; index++)
        {
            yield return Reflect(_tasks.T2i(index), seed + index, cancellation);
        }
    }

    private ReflectedTask Reflect(T2iTask task, long first, CancellationToken cancellation)
    {
        var loop = new ReflectionLoop(task.Prompt, first, settings, budget);
        var (rounds, drawn, begin) = (new List<Round>(), new List<DrawnRound>(), Stopwatch.GetTimestamp());
        while (loop.Next(rounds, Stopwatch.GetElapsedTime(begin)) is { } plan)
        {
            RgbImage[] images = plan.IsEdit ? [drawn[plan.After!.Value - 1].Picture] : [];
            var (picture, drawing) = _drawer.Draw(_drawer.Request(plan.Prompt, images, plan.Seed), cancellation);
            var verdict = judge.Judge(new JudgedPicture(task.Prompt, picture)).Last()!;
            rounds.Add(new Round(plan, verdict));
            drawn.Add(new DrawnRound(picture, verdict.Score >= settings.Pass, Scores.T2i(task, Detector.Read(picture)), drawing));
        }

        return new ReflectedTask
        {
            Kind = $"{task.Scene.Objects.Length}",
            Rounds = drawn,
            Best = ReflectionLoop.Best(rounds)!.Plan.Number,
            End = loop.End(rounds, Stopwatch.GetElapsedTime(begin)) ?? ReflectionEnd.SecondsSpent,
            Seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds,
        };
    }
}
