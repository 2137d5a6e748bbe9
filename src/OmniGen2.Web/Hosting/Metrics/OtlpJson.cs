using System.Diagnostics;
using System.Globalization;

namespace OmniGen2.Web.Hosting;

/// <summary>Metrics and spans in the JSON form of the OpenTelemetry protocol.</summary>
internal static class OtlpJson
{
    private const int Cumulative = 2;
    private static readonly DateTimeOffset Started = Process.GetCurrentProcess().StartTime;

    public static object Metrics(IReadOnlyList<MetricFamily> families, DateTimeOffset now) => new
    {
        resourceMetrics = new[]
        {
            new { resource = Resource(), scopeMetrics = families.GroupBy(x => x.Instrument.Meter.Name).Select(x => new { scope = new { name = x.Key }, metrics = x.Select(f => Metric(f, now)) }) },
        },
    };

    public static object Spans(IReadOnlyCollection<Activity> spans) => new
    {
        resourceSpans = new[]
        {
            new { resource = Resource(), scopeSpans = spans.GroupBy(x => x.Source.Name).Select(x => new { scope = new { name = x.Key }, spans = x.Select(Span) }) },
        },
    };

    private static object Resource() => new { attributes = Attributes([("service.name", "omnigen2-studio")]) };

    private static object Metric(MetricFamily family, DateTimeOffset now)
    {
        var (name, unit, description) = (family.Instrument.Name, family.Instrument.Unit, family.Instrument.Description);
        var points = family.Series.Select(x => Point(x, family.IsHistogram, now)).ToList();
        return family switch
        {
            { IsHistogram: true } => new { name, unit, description, histogram = new { aggregationTemporality = Cumulative, dataPoints = points } },
            { IsCounter: true } => new { name, unit, description, sum = new { aggregationTemporality = Cumulative, isMonotonic = true, dataPoints = points } },
            _ => new { name, unit, description, gauge = new { dataPoints = points } },
        };
    }

    private static object Point(MetricSeries series, bool isHistogram, DateTimeOffset now)
    {
        var (sum, count, buckets) = series.Read();
        var (attributes, startTimeUnixNano, timeUnixNano) = (Attributes(series.Labels), Nano(Started), Nano(now));
        return isHistogram
            ? new { attributes, startTimeUnixNano, timeUnixNano, count = Text(count), sum, bucketCounts = buckets.Select(Text), explicitBounds = MetricSeries.Bounds }
            : new { attributes, startTimeUnixNano, timeUnixNano, asDouble = sum };
    }

    private static object Span(Activity span) => new
    {
        traceId = span.TraceId.ToHexString(),
        spanId = span.SpanId.ToHexString(),
        parentSpanId = span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString(),
        name = span.DisplayName,
        kind = span.Kind == ActivityKind.Server ? 2 : 1,
        startTimeUnixNano = Nano(span.StartTimeUtc),
        endTimeUnixNano = Nano(span.StartTimeUtc + span.Duration),
        attributes = Attributes(span.TagObjects.Select(x => (x.Key, Convert.ToString(x.Value, CultureInfo.InvariantCulture) ?? ""))),
        status = new { code = span.Status == ActivityStatusCode.Error ? 2 : 0 },
    };

    private static IEnumerable<object> Attributes(IEnumerable<(string Name, string Value)> labels) => labels.Select(x => new { key = x.Name, value = new { stringValue = x.Value } });

    // 64-bit numbers are texts in this protocol.
    private static string Nano(DateTimeOffset moment) => Text((moment - DateTimeOffset.UnixEpoch).Ticks * 100);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
