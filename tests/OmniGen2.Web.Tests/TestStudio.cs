using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests;

/// <summary>The studio without its pages: history, queue and worker over a fake model, in a folder of its own.</summary>
public sealed class TestStudio : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly FakePipeline _pipeline;
    private readonly TemporaryFolder? _ownFolder;

    private TestStudio(IHost host, FakePipeline pipeline, TemporaryFolder? ownFolder) => (_host, _pipeline, _ownFolder) = (host, pipeline, ownFolder);

    public JobQueue Queue => Service<JobQueue>();

    public ImageStore Images => Service<ImageStore>();

    public IServiceProvider Services => _host.Services;

    public DataFolder Folder => Service<DataFolder>();

    public ModelHost Model => Service<ModelHost>();

    public static Task<TestStudio> Start(FakePipeline pipeline, TemporaryFolder? folder = null, params (string Name, string Value)[] settings) =>
        Start(pipeline, _ => pipeline, folder, settings);

    public static async Task<TestStudio> Start(
        FakePipeline pipeline, LoadPipeline load, TemporaryFolder? folder = null, params (string Name, string Value)[] settings)
    {
        var ownFolder = folder is null ? new TemporaryFolder() : null;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(x => x.Name, x => (string?)x.Value));
        builder.Configuration["Studio:DataPath"] = (folder ?? ownFolder)!.Path;
        builder.AddHistory();
        builder.AddModel();
        builder.Services.AddSingleton(load);
        var studio = new TestStudio(builder.Build(), pipeline, ownFolder);
        try
        {
            await studio._host.StartAsync();
            return studio;
        }
        catch
        {
            studio._host.Dispose();
            ownFolder?.Dispose();
            throw;
        }
    }

    public static GenerationRequest Request(string prompt = "a red circle", int steps = 8, long seed = 1) =>
        new() { Prompt = prompt, Steps = steps, Seed = seed, Width = 64, Height = 64, MaxPixels = 256 * 256 };

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<JobRow> Row(Guid job) => await Service<JobStore>().Find(job, default) ?? throw new InvalidOperationException("There is no such row.");

    public async Task<IReadOnlyList<JobRow>> Jobs(JobState state)
    {
        await using var db = await Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        return await db.Jobs.Where(x => x.State == state).ToListAsync();
    }

    public async Task Change(Func<HistoryDb, Task> change)
    {
        await using var db = await Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        await change(db);
        await db.SaveChangesAsync();
    }

    public byte[] Pixels(PictureRow picture) => Imaging.ImageFile.Open(Images.FileOf(picture)!).Pixels;

    /// <summary>Ends in good order, as after Ctrl-C.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopping = _host.StopAsync();
        _pipeline.Open();
        await stopping;
        _host.Dispose();
        _ownFolder?.Dispose();
    }
}
