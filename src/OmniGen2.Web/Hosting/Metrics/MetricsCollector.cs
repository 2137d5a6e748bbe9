using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OmniGen2.Web.Hosting;

/// <summary>Hears what the studio, the web server, the circuits and the runtime measure, and keeps the sums of it.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private static readonly string[] Heard =
    [
        StudioMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.AspNetCore.Diagnostics", "System.Runtime",
    ];

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = [];
    private readonly MeterListener _listener = new();

    /// <param name="studio">Of the studio whose meters count: another one in the same process has its own.</param>
    public MetricsCollector(StudioMetrics studio)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Heard.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, studio.Meter.Scope)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<byte>((x, value, tags, _) => Record(x, value, tags));
        _listener.SetMeasurementEventCallback<short>((x, value, tags, _) => Record(x, value, tags));
        _listener.SetMeasurementEventCallback<int>((x, value, tags, _) => Record(x, value, tags));
        _listener.SetMeasurementEventCallback<long>((x, value, tags, _) => Record(x, value, tags));
        _listener.SetMeasurementEventCallback<float>((x, value, tags, _) => Record(x, value, tags));
        _listener.SetMeasurementEventCallback<double>((x, value, tags, _) => Record(x, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((x, value, tags, _) => Record(x, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Everything as it is now.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        _listener.RecordObservableInstruments();
        return [.. _families.Values.OrderBy(x => x.Instrument.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _families.GetOrAdd(instrument, x => new MetricFamily(x)).Record(value, tags);
}
