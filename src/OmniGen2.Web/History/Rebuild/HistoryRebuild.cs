using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>
/// Makes the database again from the folder of pictures. What no file holds (stars, boards, threads, waiting jobs) comes from the old database where it
/// can still be read; the old one is set aside and never deleted.
/// </summary>
public sealed class HistoryRebuild(DataFolder folder, TimeProvider time)
{
    private const int AtOnce = 200;

    private string NewFile => folder.Database + ".new";

    private string OldFile => folder.Database + ".old";

    /// <param name="say">Takes sentences for the person who waits.</param>
    /// <param name="cancellationToken">Gives up; the database stays as it was.</param>
    public async Task<RebuildReport> Run(Action<string> say, CancellationToken cancellationToken = default)
    {
        var aside = SetAside();
        var report = new RebuildReport { SetAside = aside };
        DatabaseFiles.Delete(NewFile);
        await using (var old = await OpenOld(aside, say, cancellationToken))
        await using (var made = await OpenMigrated(NewFile, cancellationToken))
        {
            var verdicts = new RebuiltVerdicts();
            report = await Fill(made, old, verdicts, report, say, cancellationToken);
            if (old is not null)
            {
                await OldTables.Copy(OldFile, made, cancellationToken);
            }

            await verdicts.Write(made, cancellationToken);
            // One file, without the journal beside it, so that it takes the old one's place in one go.
            await made.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = DELETE", cancellationToken);
        }

        DatabaseFiles.Delete(OldFile);
        DatabaseFiles.Replace(NewFile, folder.Database);
        return report;
    }

    private static async Task<HistoryDb> OpenMigrated(string file, CancellationToken cancellationToken)
    {
        var db = Open(file);
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private static HistoryDb Open(string file) => new(new DbContextOptionsBuilder<HistoryDb>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()).Options);

    /// <summary>A copy of the database under a name that says when; null where there is none.</summary>
    private string? SetAside()
    {
        if (!File.Exists(folder.Database))
        {
            return null;
        }

        var aside = $"{folder.Database}.{time.GetUtcNow():yyyyMMdd-HHmmss-fff}";
        DatabaseFiles.Copy(folder.Database, aside);
        return aside;
    }

    /// <summary>The old database, brought up to date in a copy of its own; null where there is none that can be read.</summary>
    private async Task<HistoryDb?> OpenOld(string? aside, Action<string> say, CancellationToken cancellationToken)
    {
        DatabaseFiles.Delete(OldFile);
        if (aside is null)
        {
            return null;
        }

        DatabaseFiles.Copy(aside, OldFile);
        try
        {
            await using (var known = Open(OldFile))
            {
                await HistoryStart.RefuseNewer(known, folder.Database, cancellationToken);
            }

            return await OpenMigrated(OldFile, cancellationToken);
        }
        catch (SqliteException damage)
        {
            say($"The old database cannot be read ({damage.Message}): what no picture holds, such as stars, boards and threads, is left out. The old one is kept as {aside}.");
            return null;
        }
    }

    private async Task<RebuildReport> Fill(HistoryDb made, HistoryDb? old, RebuiltVerdicts verdicts, RebuildReport report, Action<string> say, CancellationToken cancellationToken)
    {
        var (read, known, edges) = (0, new HashSet<Guid>(), new RebuiltEdges());
        foreach (var files in PictureFiles.Below(folder.Images).Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var transaction = await made.Database.BeginTransactionAsync(cancellationToken);
            foreach (var file in files)
            {
                var rows = await PictureFiles.Rows(folder.Images, file, old, cancellationToken);
                if (rows.Count == 0)
                {
                    say($"{file} is no picture that can be read, so it is left out.");
                }

                foreach (var row in rows.Where(x => known.Add(x.Id)))
                {
                    made.Pictures.Add(row);
                    edges.Add(row);
                    verdicts.Add(row);
                }
            }

            await Save(made, transaction, cancellationToken);
            read += files.Length;
            say($"{read:N0} files read");
        }

        var missing = old is null ? 0 : await KeepMissing(made, old, known, cancellationToken);
        var written = await edges.Write(made, old, cancellationToken);
        return report with { Pictures = known.Count, Missing = missing, Edges = written };
    }

    /// <summary>Pictures whose files are gone stay in the index, where they are shown as missing.</summary>
    private static async Task<int> KeepMissing(HistoryDb made, HistoryDb old, HashSet<Guid> known, CancellationToken cancellationToken)
    {
        var ids = await old.Pictures.Select(x => x.Id).ToListAsync(cancellationToken);
        var missing = ids.Where(x => !known.Contains(x)).ToList();
        foreach (var some in missing.Chunk(AtOnce))
        {
            made.Pictures.AddRange(await old.Pictures.AsNoTracking().Where(x => some.Contains(x.Id)).ToListAsync(cancellationToken));
            await made.SaveChangesAsync(cancellationToken);
            made.ChangeTracker.Clear();
        }

        return missing.Count;
    }

    private static async Task Save(HistoryDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
