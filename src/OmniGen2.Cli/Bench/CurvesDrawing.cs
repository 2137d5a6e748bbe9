using System.Text;
using static System.FormattableString;

namespace OmniGen2.Cli.Bench;

/// <summary>Curves side by side as an SVG.</summary>
internal static class CurvesDrawing
{
    private const int Width = 260;
    private const int Height = 200;
    private const int Left = 46;
    private const int Top = 34;
    private const int Gap = 76;

    public static string Draw(string title, IReadOnlyList<Curve> curves)
    {
        var svg = new StringBuilder();
        var (width, height) = (Left + (curves.Count * (Width + Gap)), Top + Height + 70);
        svg.AppendLine(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\" font-family=\"sans-serif\" font-size=\"12\">"));
        svg.AppendLine("<style>text { fill: #444 } .axis { stroke: #999 } .line { stroke: #3b82c4; stroke-width: 2 } .dot { fill: #3b82c4 } @media (prefers-color-scheme: dark) { text { fill: #ccc } }</style>");
        svg.AppendLine(Invariant($"<text x=\"{Left}\" y=\"16\" font-size=\"13\">{title}</text>"));
        for (var i = 0; i < curves.Count; i++)
        {
            Append(svg, curves[i], Left + (i * (Width + Gap)));
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, Curve curve, int left)
    {
        var (mostX, mostY) = (curve.Points.Max(p => p.X), curve.Points.Max(p => p.Seconds) * 1.1);
        double X(double x) => left + (x / mostX * Width);
        double Y(double y) => Top + Height - (y / mostY * Height);
        svg.AppendLine(Invariant($"<path class=\"axis\" fill=\"none\" d=\"M{left} {Top}V{Top + Height}H{left + Width}\"/>"));
        svg.AppendLine(Invariant($"<path class=\"line\" d=\"M{X(0):0.0} {Y(Math.Max(0, curve.Start)):0.0}L{X(mostX):0.0} {Y(curve.Start + (curve.Slope * mostX)):0.0}\"/>"));
        foreach (var (x, seconds) in curve.Points)
        {
            svg.AppendLine(Invariant($"<circle class=\"dot\" cx=\"{X(x):0.0}\" cy=\"{Y(seconds):0.0}\" r=\"4\"><title>{x}: {seconds:0.00} s</title></circle>"));
            svg.AppendLine(Invariant($"<text x=\"{X(x):0.0}\" y=\"{Top + Height + 16}\" text-anchor=\"middle\">{x}</text>"));
        }

        svg.AppendLine(Invariant($"<text x=\"{left - 6}\" y=\"{Y(curve.Points.Max(p => p.Seconds)) + 4:0.0}\" text-anchor=\"end\">{curve.Points.Max(p => p.Seconds):0.0} s</text>"));
        svg.AppendLine(Invariant($"<text x=\"{left + (Width / 2)}\" y=\"{Top + Height + 36}\" text-anchor=\"middle\">{curve.Amount}</text>"));
        svg.AppendLine(Invariant($"<text x=\"{left + (Width / 2)}\" y=\"{Top + Height + 54}\" text-anchor=\"middle\">{curve.Slope * 1000:0} ms each, R² {curve.Straightness:0.000}</text>"));
    }
}
