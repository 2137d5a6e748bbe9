namespace OmniGen2.Evaluation.Shapes;

/// <summary>The figures of one ability, over the tasks that were done.</summary>
public sealed class AbilityScore(ShapesAbility ability)
{
    private readonly List<TaskResult> _results = [];

    public ShapesAbility Ability => ability;

    public int Count => _results.Count;

    /// <summary>Share that is right in the strict sense, 0 to 1.</summary>
    public double Right => Share(_results, each => each.IsRight);

    /// <summary>The same by kind, in the order in which they came.</summary>
    public IReadOnlyList<(string Kind, int Count, double Right)> ByKind =>
        [.. _results.GroupBy(each => each.Kind).Select(kind => (kind.Key, kind.Count(), Share(kind, each => each.IsRight)))];

    /// <summary>Shares of pictures; null for answers in words.</summary>
    public double? BackgroundRight => OfPictures(picture => picture.IsBackgroundRight ? 1 : 0);

    public double? CountRight => OfPictures(picture => picture.IsCountRight ? 1 : 0);

    public double? ObjectsFound => OfPictures(picture => picture.ObjectsFound);

    /// <summary>Mean, in decibels.</summary>
    public double? MeanPsnr => Mean(_results.Select(each => each.Picture?.Psnr));

    /// <summary>Median, so that the first picture, which warms up, does not count.</summary>
    public double? Seconds => Median(AllSeconds);

    /// <summary>Share of the faulty pictures whose fault is named.</summary>
    public double? FaultNamed => Mean(_results.Select(each => each.NamesFault is { } named ? (named ? 1.0 : 0) : (double?)null));

    /// <summary>Of every picture.</summary>
    public IEnumerable<double> AllSeconds => _results.Where(each => each.Picture is not null).Select(each => each.Picture!.Seconds);

    /// <summary>Pictures to look at are not kept.</summary>
    public void Add(TaskResult result) => _results.Add(result with { Row = null });

    /// <summary>Null of nothing.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private double? OfPictures(Func<PictureMeasure, double> figure) => Mean(_results.Select(each => each.Picture is { } picture ? figure(picture) : (double?)null));

    private static double Share(IEnumerable<TaskResult> results, Func<TaskResult, bool> holds) => Mean(results.Select(each => (double?)(holds(each) ? 1 : 0))) ?? 0;

    private static double? Mean(IEnumerable<double?> values) => values.Average();
}
