using System.Globalization;
using System.Text.Json;
using OmniGen2.CrashTest;
using OmniGen2.PreviewBench;

// bench-previews.sh says what this is and calls it.
string[] known = ["--studio", "--watchers", "--rounds", "--seconds", "--model"];
var json = args.Contains("--json");
var settings = args.Where(x => x != "--json").Chunk(2).ToDictionary(x => x[0], x => x.ElementAtOrDefault(1) ?? "");
if (!settings.TryGetValue("--studio", out var program) || settings.Keys.Except(known).Any())
{
    Console.Error.WriteLine("Usage: eng/bench-previews.sh [--watchers 20] [--rounds 7] [--seconds 5] [--model models/omnigen2-mini] [--json]");
    return 2;
}

var (watchers, rounds) = (Number("--watchers", 20), Number("--rounds", 7));
using var work = new LongWork();
await work.Ask(rounds + 2);
using var studio = new StudioProcess(program, work.Path, $"--Model:Path={settings.GetValueOrDefault("--model", "models/omnigen2-mini")}", "--Studio:CheckpointSeconds=2");
await studio.Ready;
var steps = new Steps(work.Path, new StudioThreads(studio.Id));
using var bench = new Bench(studio.Address ?? throw new InvalidOperationException("The studio does not say where it is."), steps, watchers, TimeSpan.FromSeconds(Number("--seconds", 5)));
await steps.Fresh();
await bench.WarmUp();
var pairs = new List<Pair>();
for (var round = 0; round < rounds; round++)
{
    await steps.Fresh();
    pairs.Add(await bench.Run(round));
    if (!json)
    {
        Console.WriteLine(FormattableString.Invariant($"alone {pairs[^1].Alone.PerSecond:0.00} steps/s, with {watchers} watchers {pairs[^1].Watched.PerSecond:0.00} steps/s, ratio {pairs[^1].Ratio:0.000}; of processor time {pairs[^1].ProcessorRatio:0.000}, {1e6 * pairs[^1].SecondsPerChange:0} µs a change, the watchers' own side {1e6 * pairs[^1].Audience.TotalSeconds / pairs[^1].Changes:0}"));
    }
}

var ratio = Median(pairs.Select(x => x.Ratio));
var perWatcher = rounds * (double)watchers * Number("--seconds", 5);
Console.WriteLine(JsonSerializer.Serialize(new
{
    watchers,
    rounds,
    steps_per_second = Math.Round(Median(pairs.Select(x => x.Alone.PerSecond)), 2),
    steps_per_second_watched = Math.Round(Median(pairs.Select(x => x.Watched.PerSecond)), 2),
    ratio = Math.Round(ratio, 4),
    processor_ratio = Math.Round(Median(pairs.Select(x => x.ProcessorRatio)), 4),
    slower_percent = Math.Round(100 * (ratio - 1), 2),
    microseconds_per_change = Math.Round(1e6 * Median(pairs.Select(x => x.SecondsPerChange))),
    microseconds_of_the_watcher = Math.Round(1e6 * Median(pairs.Select(x => x.Audience.TotalSeconds / x.Changes))),
    changes_per_second_each = Math.Round(bench.Changes / perWatcher, 2),
    previews_per_second_each = Math.Round(bench.Previews / perWatcher, 2),
    preview_bytes = bench.Previews == 0 ? 0 : bench.Bytes / bench.Previews,
}));
return 0;

int Number(string name, int otherwise) => settings.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
