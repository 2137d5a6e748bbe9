using OmniGen2.Training;
using static System.FormattableString;

namespace OmniGen2.Cli.TrainingReport;

/// <summary>The charts of a run, from its log.</summary>
internal static class RunCharts
{
    private const int SpeedBuckets = 60;

    private const string Raw = "raw";

    private const string Main = "main";

    public static IEnumerable<LineChart> Of(IReadOnlyList<TrainingStep> steps) => Charts(steps).Select(c => c with { LastStep = steps[^1].Step });

    /// <summary>Means over the neighbours on both sides, so that the curve does not lag behind; at the ends over those that there are.</summary>
    public static IReadOnlyList<double> Smooth(IReadOnlyList<double> values)
    {
        var reach = Math.Max(values.Count / 60, Math.Min(8, values.Count / 10));
        var sums = new double[values.Count + 1];
        for (var i = 0; i < values.Count; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        return [.. Enumerable.Range(0, values.Count).Select(i => Mean(Math.Max(0, i - reach), Math.Min(values.Count, i + reach + 1)))];

        double Mean(int from, int to) => (sums[to] - sums[from]) / (to - from);
    }

    private static IEnumerable<LineChart> Charts(IReadOnlyList<TrainingStep> steps)
    {
        yield return Smoothed("Loss", steps, s => s.Loss);
        foreach (var name in steps.SelectMany(s => s.Validation?.Keys ?? []).Distinct())
        {
            yield return Validation(name, steps);
        }

        yield return Smoothed("Gradient norm", steps, s => s.GradientNorm);
        yield return new LineChart("Learning rate", $"share of the full rate, now {Number(steps[^1].Rate)}", [Line(Main, steps, s => s.Rate)]) { FromZero = true };
        yield return Speed(steps);
    }

    private static LineChart Smoothed(string title, IReadOnlyList<TrainingStep> steps, Func<TrainingStep, double> value)
    {
        var finite = steps.Where(s => double.IsFinite(value(s))).ToList();
        var smooth = Smooth([.. finite.Select(value)]);
        var note = smooth.Count == 0 ? "no finite value" : $"smoothed {Number(smooth[^1])}, last {Number(value(finite[^1]))}";
        return new LineChart(title, note, [Line(Raw, steps, value), Curve.Of(Main, finite.Zip(smooth, (s, v) => new CurvePoint(s.Step, v)))]) { MayBeLogarithmic = true };
    }

    private static LineChart Validation(string name, IReadOnlyList<TrainingStep> steps)
    {
        var points = steps.Where(s => s.Validation?.ContainsKey(name) == true).Select(s => new CurvePoint(s.Step, s.Validation![name])).ToList();
        var (low, high) = (points.MinBy(p => p.Value), points.MaxBy(p => p.Value));
        var note = Invariant($"last {Number(points[^1].Value)}, lowest {Number(low.Value)} at step {low.Step}, highest {Number(high.Value)} at step {high.Step}");
        return new LineChart($"Validation: {name}", note, [Curve.Of(Main, points)]);
    }

    private static LineChart Speed(IReadOnlyList<TrainingStep> steps)
    {
        var size = Math.Max(1, steps.Count / SpeedBuckets);
        var marks = steps.Where((_, i) => i % size == 0).ToList();
        var points = marks.Zip(marks.Skip(1), (a, b) => new CurvePoint(b.Step, (b.Samples - a.Samples) / (b.Seconds - a.Seconds)));
        return new LineChart("Samples a second", $"on average {Number(steps[^1].Samples / steps[^1].Seconds)}, with validation and contact sheets", [Curve.Of(Main, points)]) { FromZero = true };
    }

    private static Curve Line(string style, IReadOnlyList<TrainingStep> steps, Func<TrainingStep, double> value) =>
        Curve.Of(style, steps.Select(s => new CurvePoint(s.Step, value(s))));

    private static string Number(double value) => Invariant($"{value:G4}");
}
