using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>Brings the database up to date and finishes what an earlier process left half done, before anything else starts.</summary>
public sealed class HistoryStart(DataFolder folder, IDbContextFactory<HistoryDb> history, ImageStore images, BackupShelf backups) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = await history.CreateDbContextAsync(cancellationToken))
        {
            await Migrate(db, cancellationToken);
        }

        images.Recover();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A database of a newer version is a <see cref="ModelException"/> that names <paramref name="file"/>.</summary>
    internal static async Task RefuseNewer(HistoryDb db, string file, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.FirstOrDefault(x => !known.Contains(x)) is { } newer)
        {
            throw new ModelException($"{file} was written by a newer version of the studio (it knows '{newer}'): start that version, or set Studio:DataPath to another folder.");
        }
    }

    private async Task Migrate(HistoryDb db, CancellationToken cancellationToken)
    {
        await RefuseNewer(db, folder.Database, cancellationToken);
        if ((await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any() && (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            backups.AddBeforeMigration();
        }

        // EF's lock row outlives a process that was killed while migrating; the folder's own lock already keeps everybody else out.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);

        // EF makes this on first use, and throws at the second of two that come at once: the services that start after this one all query.
        _ = db.Model.GetRelationalModel();
    }
}
