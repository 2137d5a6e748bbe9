using OmniGen2.Reflection;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>The figures of reflection, over the tasks that were done.</summary>
public sealed class ReflectionScore
{
    private readonly List<ReflectedTask> _tasks = [];

    public int Count => _tasks.Count;

    /// <summary>Share of first rounds that are right, 0 to 1: the score without reflection.</summary>
    public double Without => Share(_tasks, task => task.IsRightWithout);

    /// <summary>Share of chosen rounds that are right, 0 to 1.</summary>
    public double With => Share(_tasks, task => task.IsRight);

    /// <summary>What reflection adds; below 0 it does harm.</summary>
    public double Margin => With - Without;

    /// <summary>Standard error of the margin, from the tasks that changed: they are the same tasks, so most of the chance cancels.</summary>
    public double MarginError => Math.Sqrt(Math.Max(0, (Share(_tasks, task => task.IsRight != task.IsRightWithout) - Margin * Margin) / Math.Max(1, Count)));

    /// <summary>Wrong without and right with; the other way round.</summary>
    public int Mended => _tasks.Count(task => task is { IsRight: true, IsRightWithout: false });

    public int Spoilt => _tasks.Count(task => task is { IsRight: false, IsRightWithout: true });

    public double MeanRounds => Mean(_tasks, task => task.Rounds.Count);

    public double MeanSeconds => Mean(_tasks, task => task.Seconds);

    public double MeanSecondsWithout => Mean(_tasks, task => task.Rounds[0].Seconds);

    /// <summary>Share of the right pictures, over all rounds, that the judge passes; and of the wrong ones.</summary>
    public double RightPassed => Share(AllRounds.Where(round => round.IsRight), round => round.Passes);

    public double WrongPassed => Share(AllRounds.Where(round => !round.IsRight), round => round.Passes);

    /// <summary>How the loops ended, the most frequent first.</summary>
    public IReadOnlyList<(ReflectionEnd End, int Count)> Ends => [.. _tasks.CountBy(task => task.End).OrderByDescending(x => x.Value).Select(x => (x.Key, x.Value))];

    /// <summary>By number of objects, or by what the edit does.</summary>
    public IReadOnlyList<(string Kind, double Without, double With)> ByKind =>
        [.. _tasks.GroupBy(task => task.Kind).Select(kind => (kind.Key, Share(kind, task => task.IsRightWithout), Share(kind, task => task.IsRight)))];

    private IEnumerable<DrawnRound> AllRounds => _tasks.SelectMany(task => task.Rounds);

    /// <summary>Pictures to look at are not kept.</summary>
    public void Add(ReflectedTask task) => _tasks.Add(task with { Rounds = [.. task.Rounds.Select(round => round with { Picture = new RgbImage(0, 0) })] });

    private static double Share<T>(IEnumerable<T> items, Func<T, bool> holds) => Mean(items, item => holds(item) ? 1 : 0);

    private static double Mean<T>(IEnumerable<T> items, Func<T, double> figure) => items.Select(figure).DefaultIfEmpty().Average();
}
