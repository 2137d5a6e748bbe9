using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2;
using OmniGen2.QueueBench;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

// bench-queue.sh says what this is and calls it.
const int InstantSteps = 400;
var json = args.Contains("--json");
var settings = args.Where(x => x != "--json").Chunk(2).ToDictionary(x => x[0], x => x.ElementAtOrDefault(1) ?? "");
if (settings.Keys.Except(["--people", "--rounds", "--steps"]).Any())
{
    Console.Error.WriteLine("Usage: eng/bench-queue.sh [--people 6] [--rounds 5] [--steps 20] [--json]");
    return 2;
}

var (people, rounds, steps) = (Number("--people", 6), Number("--rounds", 5), Number("--steps", 20));
var folder = Directory.CreateTempSubdirectory("queue-bench-");
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Configuration["Studio:DataPath"] = folder.FullName;
builder.AddHistory();
builder.AddModel();
TimedPipeline? model = null;
builder.Services.AddSingleton<LoadPipeline>(options => model = new TimedPipeline(OmniGen2Pipeline.Load(Path.GetFullPath(options.Path), options.ForPipeline())));
using var host = builder.Build();
await host.StartAsync();
var queue = host.Services.GetRequiredService<JobQueue>();
await host.Services.GetRequiredService<ModelHost>().Watch().FirstAsync(x => x is ModelState.Ready);
await Run(Enumerable.Repeat<string?>(null, 2), steps);
var pairs = await Pairs(rounds, steps);
// The same with a model that takes no time: what is left is the studio, and sharing shows in it, which it does not behind steps of a busy machine.
model!.BeInstant();
await Pairs(1, InstantSteps);
var instant = await Pairs(rounds, InstantSteps);

await host.StopAsync();
folder.Delete(recursive: true);
var quantum = Median(pairs.Select(x => x.Quantum));
var decision = Decisions.Seconds(20);
Console.WriteLine(JsonSerializer.Serialize(new
{
    people,
    rounds,
    quantum_ms = Math.Round(1e3 * quantum, 2),
    decision_us_20_people = Math.Round(1e6 * decision, 2),
    decision_percent = Math.Round(100 * decision / quantum, 3),
    outside_model_percent = Math.Round(100 * Median(pairs.Select(x => x.Shared)) / quantum, 2),
    sharing_percent = Math.Round(100 * Median(pairs.Select(x => x.Shared - x.Alone)) / quantum, 2),
    studio_us = Math.Round(1e6 * Median(instant.Select(x => x.Shared)), 1),
    studio_percent = Math.Round(100 * Median(instant.Select(x => x.Shared)) / quantum, 3),
    scheduler_us = Math.Round(1e6 * Median(instant.Select(x => x.Shared - x.Alone)), 1),
    scheduler_percent = Math.Round(100 * Median(instant.Select(x => x.Shared - x.Alone)) / quantum, 3),
}));
return 0;

int Number(string name, int otherwise) => settings.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

// The same pictures in turn and shared, the one or the other first, so that a drift of the machine cancels.
async Task<List<(double Alone, double Shared, double Quantum)>> Pairs(int count, int length)
{
    List<(double, double, double)> all = [];
    for (var round = 0; round < count; round++)
    {
        var first = round % 2 == 0 ? await InTurn() : default;
        var shared = await Run(Enumerable.Range(0, people).Select(x => (string?)$"person {x}"), length);
        var alone = round % 2 == 0 ? first : await InTurn();
        all.Add((alone.Outside, shared.Outside, shared.Model));
        if (!json)
        {
            Console.WriteLine(FormattableString.Invariant($"outside of the model for each quantum of {1e3 * shared.Model:0.000} ms: {1e3 * alone.Outside:0.000} ms in turn, {1e3 * shared.Outside:0.000} ms sharing"));
        }
    }

    return all;

    Task<(double Model, double Outside)> InTurn() => Run(Enumerable.Repeat<string?>(null, people), length);
}

// A picture for each of them; seconds of each call in the model and outside of it.
async Task<(double Model, double Outside)> Run(IEnumerable<string?> owners, int length)
{
    await queue.Halt(QueuePart.All);
    var jobs = new List<Job>();
    foreach (var owner in owners)
    {
        var generation = new GenerationRequest { Prompt = "a large red star", Width = 128, Height = 128, MaxPixels = 128 * 128, Steps = length, TextGuidance = 4, Seed = jobs.Count };
        jobs.AddRange(await queue.Enqueue(new PictureRequest { Generation = generation }, owner));
    }

    model!.Reset();
    var begin = Stopwatch.GetTimestamp();
    await queue.Resume(QueuePart.All);
    await Task.WhenAll(jobs.Select(x => x.Completion()));
    var all = Stopwatch.GetElapsedTime(begin);
    return (model.AtWork.TotalSeconds / model.Calls, (all - model.AtWork).TotalSeconds / model.Calls);
}
