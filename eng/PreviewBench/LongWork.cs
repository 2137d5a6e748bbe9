using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.PreviewBench;

/// <summary>A data folder with jobs that take long enough to be watched: as many steps as there may be.</summary>
internal sealed class LongWork : IDisposable
{
    public const int MostSteps = 1_000;

    public string Path { get; } = Directory.CreateTempSubdirectory("preview-bench-").FullName;

    public async Task Ask(int count)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Studio:DataPath"] = Path;
        builder.AddHistory();
        using var host = builder.Build();
        await host.Services.GetServices<IHostedService>().OfType<HistoryStart>().Single().StartAsync(default);
        var jobs = host.Services.GetRequiredService<JobStore>();
        for (var i = 0; i < count; i++)
        {
            var generation = new GenerationRequest { Prompt = "a large red star in the center on a white background", Width = 256, Height = 256, MaxPixels = 256 * 256, Steps = MostSteps, TextGuidance = 4, Seed = i };
            var job = new JobRow
            {
                Id = Guid.NewGuid(),
                Kind = JobKind.Picture,
                Place = i + 1,
                Request = RequestJson.Write(new PictureRequest { Generation = generation }),
                CreatedAt = DateTimeOffset.UtcNow,
            };
            await jobs.Add([job], [], answer: null, default);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
