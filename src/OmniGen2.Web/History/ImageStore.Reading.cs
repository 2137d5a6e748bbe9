using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What can be asked of the pictures that there are.</summary>
public sealed partial class ImageStore
{
    public async Task<PictureRow?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
    }

    /// <summary>Those of the pictures that exist, by their ids; the trash counts.</summary>
    public async Task<IReadOnlyDictionary<Guid, PictureRow>> Find(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, PictureRow>();
        }

        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.AsNoTracking().Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
    }

    /// <summary>The pictures that a picture was made from, in order; they may no longer be there.</summary>
    public async Task<IReadOnlyList<Guid>> ParentsOf(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Parents.Where(x => x.PictureId == id).OrderBy(x => x.Position).Select(x => x.ParentId).ToListAsync(cancellationToken);
    }

    /// <summary>The newest pictures that the studio made and nobody threw away, newest first.</summary>
    public async Task<IReadOnlyList<PictureRow>> Latest(int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.AsNoTracking()
            .Where(x => x.DeletedAt == null && x.Kind != PictureKind.Upload)
            .OrderByDescending(x => x.CreatedAt).ThenByDescending(x => x.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>What came of a batch so far and was not thrown away, in no order.</summary>
    public async Task<IReadOnlyList<PictureRow>> OfBatch(Guid batch, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.AsNoTracking().Where(x => x.Batch == batch && x.DeletedAt == null).ToListAsync(cancellationToken);
    }

    /// <summary>The whole path of a picture's file; null when somebody took it away.</summary>
    public string? FileOf(PictureRow picture)
    {
        var file = Path.Combine(folder.Images, picture.File);
        // It may be moved from the one place to the other while both are looked at.
        return new[] { file, IncomingFile(picture.Id), file }.FirstOrDefault(File.Exists);
    }

    /// <summary>The file of the picture with this id or, should that be gone, of one with the same content. Null when there is neither.</summary>
    public string? FileOf(Guid id, string sha256)
    {
        using var db = history.CreateDbContext();
        return db.Pictures.AsNoTracking()
            .Where(x => x.Id == id || x.Sha256 == sha256)
            .OrderByDescending(x => x.Id == id)
            .AsEnumerable()
            .Select(FileOf)
            .FirstOrDefault(x => x is not null);
    }
}
