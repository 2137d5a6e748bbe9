namespace OmniGen2.Cli.TrainingReport;

/// <summary>A line of a chart.</summary>
/// <param name="Style">Class of the page's style sheet.</param>
/// <param name="Points">By step; what is no finite number is left out.</param>
internal sealed record Curve(string Style, IReadOnlyList<CurvePoint> Points)
{
    private const int MostBuckets = 300;

    public static Curve Of(string style, IEnumerable<CurvePoint> points) => new(style, [.. points.Where(p => double.IsFinite(p.Value))]);

    /// <summary>The same line as far as a picture can show it: of many points that share a pixel, the lowest and the highest.</summary>
    public Curve Thinned()
    {
        if (Points.Count <= 2 * MostBuckets)
        {
            return this;
        }

        var size = (int)Math.Ceiling(Points.Count / (double)MostBuckets);
        return this with
        {
            Points = [.. Points.Chunk(size).SelectMany(c => new[] { c.MinBy(p => p.Value), c.MaxBy(p => p.Value) }.Distinct().OrderBy(p => p.Step))],
        };
    }
}

internal readonly record struct CurvePoint(long Step, double Value);
