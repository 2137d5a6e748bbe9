using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.CrashTest;

/// <summary>A data folder, opened by the studio's own classes while no studio runs on it.</summary>
internal sealed class StudioFolder(string path, int seed) : IDisposable
{
    public string Path => path;

    /// <summary>Asks for the given round of work.</summary>
    public async Task Ask(int round)
    {
        using var history = await Open();
        var images = history.Services.GetRequiredService<ImageStore>();
        var uploads = new List<PictureRow>();
        for (var i = 0; i < 3; i++)
        {
            uploads.Add(await images.AddUpload(ImageFile.EncodePng(Drawing(i)), $"{i}.png"));
        }

        var jobs = history.Services.GetRequiredService<JobStore>();
        var place = jobs.LastPlace();
        foreach (var (job, answer) in new Work(seed, uploads).Round(round))
        {
            job.Place = ++place;
            await jobs.Add([job], [], answer, default);
        }
    }

    public async Task<Outcome> Read()
    {
        using var history = await Open();
        await using var db = await history.Services.GetRequiredService<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        var images = history.Services.GetRequiredService<ImageStore>();
        var pictures = await db.Pictures.AsNoTracking().Where(x => x.Kind != PictureKind.Upload).ToListAsync();
        var uploads = System.IO.Path.Combine(path, "images", "uploads");
        return new Outcome(
            await db.Jobs.AsNoTracking().ToListAsync(),
            await db.Messages.AsNoTracking().ToListAsync(),
            pictures.ToDictionary(x => x.Id, x => Pixels(images.FileOf(x))),
            Directory.EnumerateFiles(System.IO.Path.Combine(path, "images"), "*", SearchOption.AllDirectories).Count(x => !x.StartsWith(uploads, StringComparison.Ordinal)));
    }

    /// <summary>How many jobs are not at their end. May be asked while a studio runs.</summary>
    public async Task<int> Unfinished()
    {
        var options = new DbContextOptionsBuilder<HistoryDb>().UseSqlite($"Data Source={System.IO.Path.Combine(path, "history.db")};Mode=ReadOnly;Pooling=False").Options;
        await using var db = new HistoryDb(options);
        return await db.Jobs.CountAsync(x => x.State == JobState.Queued || x.State == JobState.Running);
    }

    public void Dispose() => Directory.Delete(path, recursive: true);

    private static RgbImage Drawing(int number)
    {
        var image = new RgbImage(128, 128);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % 128 - 64, i / 3 / 128 - 64);
            image.Pixels[i] = (byte)(x * x + y * y < 1200 + 400 * number ? (i % 3 == number ? 230 : 30) : 255 - 60 * number);
        }

        return image;
    }

    private static string? Pixels(string? file) => file is null ? null : Convert.ToHexStringLower(SHA256.HashData(ImageFile.Open(file).Pixels));

    private async Task<IHost> Open()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Studio:DataPath"] = path;
        builder.AddHistory();
        var host = builder.Build();
        await host.Services.GetServices<IHostedService>().OfType<HistoryStart>().Single().StartAsync(default);
        return host;
    }
}
