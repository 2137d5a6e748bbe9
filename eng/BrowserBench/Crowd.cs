using System.Collections.Concurrent;
using OmniGen2.Circuits;

namespace OmniGen2.BrowserBench;

/// <summary>Many browsers in one studio at once, each with somebody in it who acts and rests in turn.</summary>
/// <param name="studio">Its address.</param>
/// <param name="browsers">How many.</param>
/// <param name="pause">Between two acts of one browser, on average.</param>
internal sealed class Crowd(Uri studio, int browsers, TimeSpan pause)
{
    /// <returns>Every act, and every fault that a browser met.</returns>
    public async Task<(IReadOnlyList<(string What, TimeSpan Took)> Acts, IReadOnlyList<string> Faults)> Run(TimeSpan time)
    {
        var (acts, faults) = (new ConcurrentQueue<(string, TimeSpan)>(), new ConcurrentQueue<string>());
        await Task.WhenAll(Enumerable.Range(0, browsers).Select(x => One(x, time, acts, faults)));
        return ([.. acts], [.. faults]);
    }

    private async Task One(int number, TimeSpan time, ConcurrentQueue<(string, TimeSpan)> acts, ConcurrentQueue<string> faults)
    {
        var random = new Random(number);
        try
        {
            using var http = new HttpClient();
            await using var browser = await SimulatedBrowser.Open(http, new Uri(studio, "/"));
            using var end = new CancellationTokenSource(time);
            await foreach (var act in Visit.Acts(browser, number))
            {
                acts.Enqueue(act);
                await Task.Delay(2 * random.NextDouble() * pause, end.Token);
            }
        }
        catch (TaskCanceledException)
        {
            // The time is over.
        }
        catch (Exception error)
        {
            faults.Enqueue($"Browser {number}: {error.Message}");
        }
    }
}
