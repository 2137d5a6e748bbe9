using System.Net;
using static System.FormattableString;

namespace OmniGen2.Cli.TrainingReport;

/// <summary>Curves over the steps of a run as one figure with inline SVG.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Note">Its figures in words; what a reader gets who does not see the picture.</param>
/// <param name="Curves">Later ones are drawn over earlier ones.</param>
internal sealed record LineChart(string Title, string Note, IReadOnlyList<Curve> Curves)
{
    // Drawn this small, so that letters stay legible where the figure is as wide as a telephone.
    private const double Width = 400;
    private const double Height = 220;
    private const double Left = 60;
    private const double Right = 14;
    private const double Top = 10;
    private const double Bottom = 26;

    /// <summary>Where the charts of a run end, whichever curve stops earlier.</summary>
    public long LastStep { get; init; } = 1;

    /// <summary>Values far apart are shown by their ratios.</summary>
    public bool MayBeLogarithmic { get; init; }

    /// <summary>Values that say something only beside zero.</summary>
    public bool FromZero { get; init; }

    public void Write(TextWriter html)
    {
        var steps = new Axis(0, LastStep, IsLogarithmic: false);
        var values = Axis.Fit(Curves.SelectMany(c => c.Points).Select(p => p.Value), MayBeLogarithmic, FromZero);
        html.WriteLine("<figure class=\"chart\">");
        html.WriteLine($"<figcaption><strong>{WebUtility.HtmlEncode(Title)}</strong> <span>{WebUtility.HtmlEncode(Note)}</span></figcaption>");
        html.WriteLine(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode($"{Title}: {Note}")}\">"));
        WriteGrid(html, steps, values);
        foreach (var curve in Curves.Select(c => c.Thinned()))
        {
            WriteCurve(html, curve, steps, values);
        }

        html.WriteLine("</svg>");
        html.WriteLine("</figure>");
    }

    private static void WriteGrid(TextWriter html, Axis steps, Axis values)
    {
        foreach (var mark in values.Marks(6))
        {
            var y = Y(values, mark.Value);
            html.WriteLine(Invariant($"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\"/><text class=\"y\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\">{mark.Text}</text>"));
        }

        foreach (var mark in steps.Marks(5).Where(m => double.IsInteger(m.Value)))
        {
            html.WriteLine(Invariant($"<text class=\"x\" x=\"{X(steps, mark.Value):0.#}\" y=\"{Height - 8}\">{mark.Text}</text>"));
        }
    }

    private static void WriteCurve(TextWriter html, Curve curve, Axis steps, Axis values)
    {
        var places = curve.Points.Select(p => Invariant($"{X(steps, p.Step):0.##},{Y(values, p.Value):0.##}")).ToList();
        if (places.Count == 1)
        {
            // A line of one point would be invisible.
            places.Add(places[0]);
        }

        html.WriteLine($"<polyline class=\"{curve.Style}\" points=\"{string.Join(' ', places)}\"/>");
    }

    private static double X(Axis steps, double step) => Left + (steps.At(step) * (Width - Left - Right));

    // Outliers lie on the edge instead of outside the picture.
    private static double Y(Axis values, double value) => Top + ((1 - Math.Clamp(values.At(value), 0, 1)) * (Height - Top - Bottom));
}
