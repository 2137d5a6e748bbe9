using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace OmniGen2.Web.Hosting;

/// <summary>What one instrument has measured, by its tags.</summary>
internal sealed class MetricFamily(Instrument instrument)
{
    // Addresses that strangers make up must not fill the memory.
    private const int MostSeries = 1_000;

    private readonly ConcurrentDictionary<string, MetricSeries> _series = [];
    private readonly string _kind = instrument.GetType().Name.Split('`')[0];

    public Instrument Instrument => instrument;

    public bool IsHistogram => _kind == nameof(Histogram<int>);

    /// <summary>It only ever grows.</summary>
    public bool IsCounter => _kind is nameof(Counter<int>) or nameof(ObservableCounter<int>);

    public ICollection<MetricSeries> Series => _series.Values;

    /// <summary>Observed values are whole; others are what has come since the last.</summary>
    private bool IsAbsolute => instrument.IsObservable || _kind == nameof(Gauge<int>);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<(string Name, string Value)>(tags.Length);
        foreach (var (name, tag) in tags)
        {
            labels.Add((name, Convert.ToString(tag, CultureInfo.InvariantCulture) ?? ""));
        }

        labels.Sort();
        var key = string.Join('\u0001', labels.Select(x => $"{x.Name}\u0002{x.Value}"));
        if (_series.Count < MostSeries || _series.ContainsKey(key))
        {
            _series.GetOrAdd(key, _ => new MetricSeries(labels)).Record(value, IsAbsolute, IsHistogram);
        }
    }
}

/// <summary>The values under one set of labels.</summary>
internal sealed class MetricSeries(IReadOnlyList<(string Name, string Value)> labels)
{
    /// <summary>Upper bounds, for seconds.</summary>
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private double _sum;
    private long _count;

    public IReadOnlyList<(string Name, string Value)> Labels => labels;

    public void Record(double value, bool isAbsolute, bool isHistogram)
    {
        lock (_lock)
        {
            _sum = isAbsolute ? value : _sum + value;
            _count++;
            if (isHistogram)
            {
                var bucket = Array.FindIndex(Bounds, x => value <= x);
                _buckets[bucket < 0 ? Bounds.Length : bucket]++;
            }
        }
    }

    /// <returns>The value or sum, how many there were, and how many in each bucket, the last of which has no bound.</returns>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_sum, _count, [.. _buckets]);
        }
    }
}
