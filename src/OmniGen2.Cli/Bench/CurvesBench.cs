using System.Diagnostics;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>How time grows with steps, with pictures one after the other, and with people whose pictures go on by turns, a step each.</summary>
internal static class CurvesBench
{
    private static readonly int[] Steps = [5, 10, 20, 40];

    private static readonly int[] Many = [1, 2, 4, 8];

    public static IReadOnlyList<Curve> Run(BenchSettings settings, OmniGen2Pipeline pipeline, ProgressLine progress)
    {
        Draw(pipeline, settings, settings.Steps, 1, byTurns: false);
        var samples = new Samples();
        progress.Begin("Curves", settings.Repeats);
        for (var run = 1; run <= settings.Repeats; run++)
        {
            Add("steps", Steps, n => Draw(pipeline, settings, n, 1, byTurns: false));
            Add("pictures", Many, n => Draw(pipeline, settings, settings.Steps, n, byTurns: false));
            Add("people", Many, n => Draw(pipeline, settings, settings.Steps, n, byTurns: true));
            progress.Advance(run);
        }

        progress.End();
        return
        [
            Curve("steps", "steps of one picture", Steps),
            Curve("pictures", $"pictures of {settings.Steps} steps, one after the other", Many),
            Curve("people", $"people with a picture of {settings.Steps} steps each, by turns", Many),
        ];

        void Add(string key, int[] amounts, Action<int> work)
        {
            foreach (var amount in amounts)
            {
                var begin = Stopwatch.GetTimestamp();
                work(amount);
                samples.Add($"{key}{amount}", Stopwatch.GetElapsedTime(begin).TotalSeconds);
            }
        }

        Curve Curve(string key, string amount, int[] amounts) => new(key, amount, [.. amounts.Select(n => ((double)n, samples.Median($"{key}{n}")))]);
    }

    private static void Draw(OmniGen2Pipeline pipeline, BenchSettings settings, int steps, int count, bool byTurns)
    {
        var requests = Enumerable.Range(0, count).Select(i => pipeline.Info.Request("a red circle left of a blue square") with { Width = settings.Size, Height = settings.Size, Steps = steps, Seed = i }).ToList();
        var open = requests.Select(r => (Request: r, Run: pipeline.Denoise(r).GetEnumerator())).ToList();
        while (open.Count > 0)
        {
            settings.Stop.ThrowIfCancellationRequested();
            foreach (var item in byTurns ? open.ToList() : [open[0]])
            {
                if (item.Run.MoveNext() && item.Run.Current is { State: { } state } && state.Step == state.Count)
                {
                    pipeline.Decode(item.Request, state);
                    item.Run.Dispose();
                    open.Remove(item);
                }
            }
        }
    }
}
