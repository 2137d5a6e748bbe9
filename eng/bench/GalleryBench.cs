using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2.Web.History;

namespace OmniGen2.Bench;

/// <summary>How long a search and a page of the gallery take among very many pictures: the studio's own classes over a database filled for this.</summary>
public static class GalleryBench
{
    private const int PageSize = 60;
    private const int Rounds = 300;
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> Run(string[] args)
    {
        var options = Options(args);
        var folder = options.Keep ?? Directory.CreateTempSubdirectory("bench-gallery-").FullName;
        try
        {
            using var host = await Start(folder);
            var watch = Stopwatch.StartNew();
            if (host.Services.GetRequiredService<PictureSearch>().Find("").Count == 0)
            {
                await GalleryFill.Fill(host.Services, options.Pictures);
            }

            var filled = watch.Elapsed;
            var report = Measure(host.Services) with { FillSeconds = Math.Round(filled.TotalSeconds, 1), FileMegabytes = Megabytes(folder) };
            Console.WriteLine(options.Json ? JsonSerializer.Serialize(report, Snake) : report.Text());
            await host.StopAsync();
            return 0;
        }
        finally
        {
            if (options.Keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static (int Pictures, bool Json, string? Keep) Options(string[] args) => (
        args.SkipWhile(x => x != "--pictures").Skip(1).Select(int.Parse).FirstOrDefault(200_000),
        args.Contains("--json"),
        args.SkipWhile(x => x != "--keep").Skip(1).FirstOrDefault());

    private static async Task<IHost> Start(string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Studio:DataPath"] = folder;
        builder.AddHistory();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static Report Measure(IServiceProvider services)
    {
        var search = services.GetRequiredService<PictureSearch>();
        var pages = services.GetRequiredService<GalleryPages>();
        var random = new Random(7);
        List<double> searches = [], turns = [], work = [];
        for (var i = -20; i < Rounds; i++)
        {
            var order = (PictureOrder)(random.Next(10) switch { 0 => 2, 1 => 1, _ => 0 });
            var text = BenchQueries.Next(random);
            var worked = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            var result = search.Find(text, order);
            pages.Page(result, 0, PageSize);
            var searched = watch.Elapsed;
            worked = Environment.CpuUsage.TotalTime - worked;
            if (Environment.GetEnvironmentVariable("BENCH_LOG") is not null)
            {
                Console.Error.WriteLine($"{worked.TotalMilliseconds,8:0.0} {order,-7} {result.Count,7} {text}");
            }

            // Somewhere else, as after a jump on the scrubber.
            watch.Restart();
            pages.Page(result, random.Next(Math.Max(1, result.Count - PageSize)), PageSize);
            if (i >= 0)
            {
                searches.Add(searched.TotalMilliseconds);
                work.Add(worked.TotalMilliseconds);
                turns.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return new Report(P(searches, 0.95), P(turns, 0.95), search.Find("").Count)
        {
            SearchCpuP95Ms = P(work, 0.95),
            SearchP50Ms = P(searches, 0.5),
            PageP50Ms = P(turns, 0.5),
            SearchMaxMs = P(searches, 1),
            PageMaxMs = P(turns, 1),
        };
    }

    private static double P(List<double> values, double share) => Math.Round(values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1), 1);

    private static double Megabytes(string folder) => Math.Round(new FileInfo(Path.Combine(folder, "history.db")).Length / 1e6, 1);
}
