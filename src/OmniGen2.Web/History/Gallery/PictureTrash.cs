using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The end of pictures in the trash: their rows, files and whatever was made from them.</summary>
public sealed class PictureTrash(IDbContextFactory<HistoryDb> history, ImageStore images, Thumbnails thumbnails, StepStore steps, Gallery gallery, TimeProvider time) : ITrash
{
    private const int AtOnce = 100;

    /// <summary>Everything in the trash, at once.</summary>
    public Task<int> Empty(CancellationToken cancellationToken = default) => Sweep(time.GetUtcNow().AddSeconds(1), cancellationToken);

    public Task<int> Sweep(DateTimeOffset before, CancellationToken cancellationToken) => Purge(db => db.Pictures.Where(x => x.DeletedAt < before), cancellationToken);

    /// <summary>These, if they are in the trash.</summary>
    public Task<int> Purge(IReadOnlyCollection<Guid> pictures, CancellationToken cancellationToken = default) =>
        Purge(db => db.Pictures.Where(x => x.DeletedAt != null && pictures.Contains(x.Id)), cancellationToken);

    private async Task<int> Purge(Func<HistoryDb, IQueryable<PictureRow>> choose, CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            await using var db = await history.CreateDbContextAsync(cancellationToken);
            var asker = db.Asker;
            var rows = await choose(db).Where(x => asker.SeesAll || x.Owner == asker.Id).OrderBy(x => x.DeletedAt).Take(AtOnce).ToListAsync(cancellationToken);
            if (rows.Count == 0)
            {
                break;
            }

            // The files first: a row without a file goes with the next sweep, a file without a row would come back with the next rebuild.
            foreach (var row in rows)
            {
                await DeleteFiles(db, row, cancellationToken);
            }

            db.RemoveRange(rows);
            await db.SaveChangesAsync(cancellationToken);
            count += rows.Count;
        }

        gallery.Tell();
        return count;
    }

    private async Task DeleteFiles(HistoryDb db, PictureRow row, CancellationToken cancellationToken)
    {
        steps.Delete(row.Id);
        // Two people may have brought the same file, which is stored once.
        if (await db.Pictures.AnyAsync(x => x.File == row.File && x.Id != row.Id && x.DeletedAt == null, cancellationToken))
        {
            return;
        }

        if (images.FileOf(row) is { } file)
        {
            File.Delete(file);
            DescriptionFile.Delete(file);
        }

        thumbnails.Delete(row);
    }
}
