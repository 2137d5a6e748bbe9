using System.Globalization;
using static System.FormattableString;

namespace OmniGen2.Cli.TrainingReport;

/// <summary>A range of values with round marks in it.</summary>
internal sealed record Axis(double Low, double High, bool IsLogarithmic)
{
    // From here on the small values would lie on the floor of a linear axis.
    private const double WideRatio = 30;

    private const double Outliers = 0.005;

    // Of a mark: one that lies on the edge but for rounding belongs to the range.
    private const double Rounding = 1e-6;

    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    /// <summary>For values that may have rare outliers; these do not get a place.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="mayBeLogarithmic">If all are above zero and far apart.</param>
    /// <param name="fromZero">For values that say something only beside it.</param>
    public static Axis Fit(IEnumerable<double> values, bool mayBeLogarithmic = false, bool fromZero = false)
    {
        var sorted = values.Order().ToList();
        var (low, high) = sorted.Count == 0 ? (0, 1) : (Quantile(sorted, Outliers), Quantile(sorted, 1 - Outliers));
        if (mayBeLogarithmic && low > 0 && high / low > WideRatio)
        {
            var room = Math.Pow(high / low, 0.04);
            return new Axis(low / room, high * room, IsLogarithmic: true);
        }

        if (fromZero)
        {
            low = Math.Min(low, 0);
        }

        var margin = high > low ? 0.05 * (high - low) : Math.Max(Math.Abs(high) * 0.05, 1e-9);
        return new Axis(low >= 0 ? Math.Max(0, low - margin) : low - margin, high + margin, IsLogarithmic: false);
    }

    /// <summary>Where a value lies, from 0 to 1.</summary>
    public double At(double value) => IsLogarithmic
        ? Math.Log(Math.Max(value, Low / 10) / Low) / Math.Log(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>Round values within the range.</summary>
    /// <param name="most">No more than about so many.</param>
    public IReadOnlyList<AxisMark> Marks(int most) => IsLogarithmic ? LogarithmicMarks(most) : LinearMarks(most);

    // In few characters: 0.05, 300, 12k, 1.5M; with the digits that tell marks so far apart from each other.
    private static string Text(double value, double step) => Math.Max(Math.Abs(value), step) switch
    {
        _ when value == 0 => "0",
        >= 1e6 => Number(value / 1e6, step / 1e6) + "M",
        >= 1e4 => Number(value / 1e3, step / 1e3) + "k",
        < 1e-3 => Invariant($"{value:0.##e0}"),
        _ => Number(value, step),
    };

    private static string Number(double value, double step)
    {
        var digits = (int)Math.Ceiling(Math.Max(0, -Math.Log10(step) - Rounding));
        return Math.Round(value, Math.Min(digits, 15)).ToString($"0.{new string('#', digits)}", CultureInfo.InvariantCulture);
    }

    private static double Quantile(List<double> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Count - 1))];

    private List<AxisMark> LinearMarks(int most)
    {
        var rough = (High - Low) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = RoundSteps.Select(m => m * power).First(s => s >= rough * (1 - Rounding));
        var first = (long)Math.Ceiling((Low / step) - Rounding);
        var last = (long)Math.Floor((High / step) + Rounding);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => new AxisMark((first + i) * step, Text((first + i) * step, step)))];
    }

    private List<AxisMark> LogarithmicMarks(int most)
    {
        double[][] choices = [[1, 2, 5], [1, 3], [1]];
        List<double> marks = [];
        foreach (var choice in choices)
        {
            marks = [];
            for (var power = Math.Floor(Math.Log10(Low)); power <= Math.Ceiling(Math.Log10(High)); power++)
            {
                marks.AddRange(choice.Select(c => c * Math.Pow(10, power)).Where(v => v >= Low && v <= High));
            }

            if (marks.Count <= most)
            {
                break;
            }
        }

        return [.. marks.Select(v => new AxisMark(v, Text(v, v)))];
    }
}

/// <summary>A value with a line of its own, and how it is written.</summary>
internal readonly record struct AxisMark(double Value, string Text);
