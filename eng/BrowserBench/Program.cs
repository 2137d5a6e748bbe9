using System.Globalization;
using System.Text.Json;
using OmniGen2.BrowserBench;
using OmniGen2.CrashTest;
using OmniGen2.PreviewBench;

// bench-browsers.sh says what this is and calls it.
string[] known = ["--studio", "--browsers", "--seconds", "--pause", "--model"];
var settings = args.Chunk(2).ToDictionary(x => x[0], x => x.ElementAtOrDefault(1) ?? "");
if (!settings.TryGetValue("--studio", out var program) || settings.Keys.Except(known).Any())
{
    Console.Error.WriteLine("Usage: eng/bench-browsers.sh [--browsers 50] [--seconds 30] [--pause 1] [--model models/omnigen2-mini]");
    return 2;
}

using var work = new LongWork();
await work.Ask(20);
using var studio = new StudioProcess(program, work.Path, $"--Model:Path={settings.GetValueOrDefault("--model", "models/omnigen2-mini")}", "--Studio:CheckpointSeconds=2");
await studio.Ready;
var address = studio.Address ?? throw new InvalidOperationException("The studio does not say where it is.");
var (browsers, time) = ((int)Number("--browsers", 50), TimeSpan.FromSeconds(Number("--seconds", 30)));
var crowd = new Crowd(address, browsers, TimeSpan.FromSeconds(Number("--pause", 1)));
await crowd.Run(TimeSpan.FromSeconds(5)); // What is used for the first time is compiled, and does not count.
var (acts, faults) = await crowd.Run(time);
foreach (var fault in faults.Take(5))
{
    Console.Error.WriteLine(fault);
}

foreach (var kind in acts.GroupBy(x => x.What).OrderBy(x => x.Key, StringComparer.Ordinal))
{
    Console.WriteLine(FormattableString.Invariant($"{kind.Key,-12} {kind.Count(),5} times, median {Percentile(kind.Select(x => x.Took), 0.5),6:0.0} ms, p95 {Percentile(kind.Select(x => x.Took), 0.95),6:0.0} ms"));
}

Console.WriteLine(JsonSerializer.Serialize(new
{
    browsers,
    seconds = time.TotalSeconds,
    errors = faults.Count,
    events = acts.Count,
    median_ms = Math.Round(Percentile(acts.Select(x => x.Took), 0.5), 1),
    p95_ms = Math.Round(Percentile(acts.Select(x => x.Took), 0.95), 1),
    max_ms = Math.Round(Percentile(acts.Select(x => x.Took), 1), 1),
}));
return faults.Count == 0 && acts.Count > 0 ? 0 : 1;

double Number(string name, double otherwise) => settings.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

static double Percentile(IEnumerable<TimeSpan> times, double part)
{
    var sorted = times.Order().ToList();
    return sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count * part, sorted.Count - 1)].TotalMilliseconds;
}
