using System.Diagnostics;

namespace OmniGen2.PreviewBench;

/// <summary>What one pair of measurements says: the same job without and with watchers.</summary>
/// <param name="Alone">Without.</param>
/// <param name="Watched">With.</param>
/// <param name="Changes">How many changes the watchers were told meanwhile, all together.</param>
/// <param name="Audience">Processor time of the watchers themselves, who sit on the same machine.</param>
internal sealed record Pair(Pace Alone, Pace Watched, int Changes, TimeSpan Audience)
{
    /// <summary>Processor time of the studio for one change of one watcher's page, its preview included.</summary>
    public double SecondsPerChange => Watched.Serving.TotalSeconds / Changes;

    /// <summary>Above 1: so many times longer a step takes while it is watched.</summary>
    public double Ratio => Alone.PerSecond / Watched.PerSecond;

    /// <summary>The same for the processor time of a step.</summary>
    public double ProcessorRatio => Watched.ProcessorSeconds / Alone.ProcessorSeconds;
}

/// <summary>Watches running jobs by turns with and without an audience.</summary>
internal sealed class Bench(Uri studio, Steps steps, int watchers, TimeSpan time) : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new();
    private TimeSpan _audience;

    public int Changes { get; private set; }

    public int Previews { get; private set; }

    public long Bytes { get; private set; }

    /// <param name="round">Even rounds measure alone first, odd ones watched first, so that a drift of the machine cancels.</param>
    public async Task<Pair> Run(int round)
    {
        var alone = round % 2 == 0 ? await Alone() : null;
        var (changes, worked) = (Changes, _audience);
        var watched = await Watched();
        return new Pair(alone ?? await Alone(), watched, Changes - changes, _audience - worked);
    }

    /// <summary>What is compiled while it is used for the first time is compiled afterwards. Nothing of it counts.</summary>
    public async Task WarmUp()
    {
        await Watched();
        (Changes, Previews, Bytes) = (0, 0, 0);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Pace> Alone()
    {
        await Task.Delay(Settle);
        return await steps.Measure(time);
    }

    private async Task<Pace> Watched()
    {
        var page = new Uri(studio, $"/pictures/{steps.Now().Job}");
        var audience = await Task.WhenAll(Enumerable.Range(0, watchers).Select(_ => Watcher.Open(_http, page)));
        await Task.Delay(Settle);
        var (changes, previews, bytes) = (audience.Sum(x => x.Changes), audience.Sum(x => x.Previews), audience.Sum(x => x.Bytes));
        var worked = Process.GetCurrentProcess().TotalProcessorTime;
        var pace = await steps.Measure(time);
        _audience += Process.GetCurrentProcess().TotalProcessorTime - worked;
        (Changes, Previews, Bytes) = (Changes + audience.Sum(x => x.Changes) - changes, Previews + audience.Sum(x => x.Previews) - previews, Bytes + audience.Sum(x => x.Bytes) - bytes);
        foreach (var watcher in audience)
        {
            await watcher.DisposeAsync();
        }

        return pace;
    }
}
