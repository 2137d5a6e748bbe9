using System.Globalization;
using System.Text;

namespace OmniGen2.Web.Hosting;

/// <summary>Writes metrics in Prometheus' text format.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var name = NameOf(family);
            var kind = family.IsHistogram ? "histogram" : family.IsCounter ? "counter" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(family.Instrument.Description ?? family.Instrument.Name)}\n# TYPE {name} {kind}\n");
            foreach (var series in family.Series)
            {
                Write(text, name, family.IsHistogram, series);
            }
        }

        return text.ToString();
    }

    /// <summary>With the unit and `_total` at its end, as the convention is.</summary>
    private static string NameOf(MetricFamily family)
    {
        var name = new string([.. family.Instrument.Name.Select(x => char.IsAsciiLetterOrDigit(x) ? x : '_')]);
        var unit = family.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return (name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit) + (family.IsCounter ? "_total" : "");
    }

    private static void Write(StringBuilder text, string name, bool isHistogram, MetricSeries series)
    {
        var (sum, count, buckets) = series.Read();
        if (!isHistogram)
        {
            Line(text, name, series.Labels, sum);
            return;
        }

        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            var bound = i < MetricSeries.Bounds.Length ? MetricSeries.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", [.. series.Labels, ("le", bound)], below);
        }

        Line(text, name + "_sum", series.Labels, sum);
        Line(text, name + "_count", series.Labels, count);
    }

    private static void Line(StringBuilder text, string name, IReadOnlyList<(string Name, string Value)> labels, double value)
    {
        text.Append(name);
        if (labels.Count > 0)
        {
            text.Append('{').AppendJoin(',', labels.Select(x => $"{x.Name.Replace('.', '_')}=\"{Escaped(x.Value)}\"")).Append('}');
        }

        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
