using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.History;

public static class HistorySetup
{
    /// <summary>The data folder, the database, the pictures, and the keys that keep cookies valid over a restart.</summary>
    public static void AddHistory(this IHostApplicationBuilder builder)
    {
        SqliteLibrary.Use();
        var services = builder.Services;
        services.AddOptions<StudioOptions>().BindConfiguration("Studio").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DataFolder>();
        services.AddDbContextFactory<HistoryDb>((provider, options) => options.UseSqlite(ConnectionString(provider)));
        services.AddSingleton<Faults>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<QuantumMarks>();
        services.AddSingleton<StateStore>();
        services.AddSingleton<StepStore>();
        services.AddSingleton<AnswerStore>();
        services.AddSingleton<ThreadStore>();
        services.AddSingleton<PresetStore>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<ImageStore>();
        services.AddSingleton<VerdictStore>();
        services.AddSingleton<EstimateStore>();
        services.AddSingleton<UsageStore>();
        services.AddSingleton<Thumbnails>();
        AddGallery(services);
        AddBackups(services);
        services.AddSingleton<TreeStore>();
        services.AddHostedService<HistoryStart>();
        services.AddHostedService<BackupClock>();
        services.AddHostedService<TrashSweep>();
        services.AddHostedService<ThumbnailMaker>();
        services.AddHostedService<StepSweeper>();
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((options, folder, loggers) =>
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder.Keys), loggers));
    }

    private static void AddBackups(IServiceCollection services)
    {
        services.AddOptions<BackupOptions>().BindConfiguration("Backup").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RuleBook>();
        services.AddSingleton<DiskUse>();
        services.AddSingleton<BackupShelf>();
        services.AddSingleton<BackupRestore>();
    }

    private static void AddGallery(IServiceCollection services)
    {
        services.AddSingleton<PictureSearch>();
        services.AddSingleton<Gallery>();
        services.AddSingleton<GalleryPages>();
        services.AddSingleton<ZipTickets>();
        services.AddSingleton<PictureTags>();
        services.AddSingleton<Boards>();
        services.AddSingleton<PictureTrash>();
        services.AddSingleton<MissingFiles>();
        services.AddSingleton<HistoryRebuild>();
        services.AddSingleton<ITrash>(provider => provider.GetRequiredService<Boards>());
        services.AddSingleton<ITrash>(provider => provider.GetRequiredService<PictureTrash>());
        services.AddSingleton<ITrash>(provider => provider.GetRequiredService<AnswerStore>());
    }

    private static string ConnectionString(IServiceProvider provider) => new SqliteConnectionStringBuilder
    {
        DataSource = provider.GetRequiredService<DataFolder>().Database,
        // How long a statement waits for another program's lock before the job is told of it.
        DefaultTimeout = provider.GetRequiredService<IOptions<StudioOptions>>().Value.DatabaseTimeoutSeconds,
    }.ToString();
}
