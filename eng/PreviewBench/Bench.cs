namespace OmniGen2.PreviewBench;

/// <summary>What one pair of measurements says: the same job without and with watchers.</summary>
internal sealed record Pair(Pace Alone, Pace Watched)
{
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

    public int Changes { get; private set; }

    public int Previews { get; private set; }

    public long Bytes { get; private set; }

    /// <param name="round">Even rounds measure alone first, odd ones watched first, so that a drift of the machine cancels.</param>
    public async Task<Pair> Run(int round)
    {
        var alone = round % 2 == 0 ? await Alone() : null;
        var watched = await Watched();
        return new Pair(alone ?? await Alone(), watched);
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
        var pace = await steps.Measure(time);
        (Changes, Previews, Bytes) = (Changes + audience.Sum(x => x.Changes) - changes, Previews + audience.Sum(x => x.Previews) - previews, Bytes + audience.Sum(x => x.Bytes) - bytes);
        foreach (var watcher in audience)
        {
            await watcher.DisposeAsync();
        }

        return pace;
    }
}
