using System.Diagnostics;
using System.Text.Json;
using TorchSharp;

namespace OmniGen2.Cli.Bench;

/// <summary>Everything that was measured, by name; several values where it was repeated.</summary>
internal sealed class Samples
{
    private readonly Dictionary<string, List<double>> _values = [];

    public IReadOnlyDictionary<string, List<double>> Values => _values;

    public static Samples Parse(string json)
    {
        var samples = new Samples();
        foreach (var (name, values) in JsonSerializer.Deserialize<Dictionary<string, double[]>>(json)!)
        {
            samples.Add(name, values);
        }

        return samples;
    }

    public void Add(string name, params IReadOnlyCollection<double> values)
    {
        if (!_values.TryGetValue(name, out var known))
        {
            _values[name] = known = [];
        }

        known.AddRange(values);
    }

    public void Add(Samples others)
    {
        foreach (var (name, values) in others.Values)
        {
            Add(name, values);
        }
    }

    /// <summary>Seconds of each run after one that warms up, and seconds of all processor cores, which other processes disturb less.</summary>
    public void Time(string name, BenchSettings settings, Action run) => Time(name, settings.Repeats, settings.Device, settings.Turns, run, settings.Stop);

    /// <summary>As above.</summary>
    public void Time(string name, int repeats, torch.Device device, Turns? turns, Action run, CancellationToken stop)
    {
        for (var i = 0; i <= repeats; i++)
        {
            turns?.Wait();
            stop.ThrowIfCancellationRequested();
            var (begin, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            run();
            Finish(device);
            if (i > 0)
            {
                Add(name, Stopwatch.GetElapsedTime(begin).TotalSeconds);
                Add(CpuName(name), (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            }

            turns?.Finish();
        }
    }

    public static string CpuName(string name) => $"{name}_cpu";

    /// <summary>The largest amount of memory this process has had in use, mapped files included.</summary>
    public void AddPeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        Add("peak_rss_bytes", process.PeakWorkingSet64);
    }

    public double Median(string name)
    {
        double[] sorted = [.. _values[name].Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public double Largest(string name) => _values[name].Max();

    public string ToJson() => JsonSerializer.Serialize(_values);

    // A GPU works on its own; time counts until it is done.
    private static void Finish(torch.Device device)
    {
        if (device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize(device);
        }
    }
}
