using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What people say about pictures: stars, ratings, into the trash and out of it. Each change tells what it changed, so that it can be taken back.</summary>
public sealed class Gallery(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    private readonly Broadcast<long> _changes = new(0);

    /// <summary>Grows with every change: a picture that is new, or its star, rating, tags, boards, or the trash.</summary>
    public long Version => _changes.Latest;

    /// <summary>The <see cref="Version"/> now and after every change.</summary>
    public IAsyncEnumerable<long> Watch(CancellationToken cancellationToken) => _changes.Watch(cancellationToken);

    /// <returns>Those that were not so before.</returns>
    public Task<IReadOnlyList<Guid>> Star(IReadOnlyCollection<Guid> pictures, bool isStarred = true, CancellationToken cancellationToken = default) =>
        Change(db => db.Pictures.Where(x => pictures.Contains(x.Id) && x.IsStarred != isStarred), x => x.IsStarred = isStarred, cancellationToken);

    /// <returns>Those that were not there before.</returns>
    public Task<IReadOnlyList<Guid>> Trash(IReadOnlyCollection<Guid> pictures, CancellationToken cancellationToken = default) =>
        Change(db => db.Pictures.Where(x => pictures.Contains(x.Id) && x.DeletedAt == null), x => x.DeletedAt = time.GetUtcNow(), cancellationToken);

    /// <returns>Those that were in the trash.</returns>
    public Task<IReadOnlyList<Guid>> Restore(IReadOnlyCollection<Guid> pictures, CancellationToken cancellationToken = default) =>
        Change(db => db.Pictures.Where(x => pictures.Contains(x.Id) && x.DeletedAt != null), x => x.DeletedAt = null, cancellationToken);

    /// <param name="ratings">0 … 5 for each picture.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What they were before, of those that changed.</returns>
    public async Task<IReadOnlyDictionary<Guid, int>> Rate(IReadOnlyDictionary<Guid, int> ratings, CancellationToken cancellationToken = default)
    {
        if (ratings.Values.FirstOrDefault(x => x is < 0 or > 5) is var wrong and not 0)
        {
            throw new ModelException($"{wrong} is no rating: use 1 to 5, or 0 for none.");
        }

        var before = new Dictionary<Guid, int>();
        var ids = ratings.Keys.ToList();
        await Change(
            db => db.Pictures.Where(x => ids.Contains(x.Id)),
            x => (before[x.Id], x.Rating) = (x.Rating, ratings[x.Id]),
            cancellationToken);
        return before.Where(x => x.Value != ratings[x.Key]).ToDictionary();
    }

    /// <summary>Something that the gallery shows is different now.</summary>
    internal void Tell() => _changes.Publish(_changes.Latest + 1);

    private async Task<IReadOnlyList<Guid>> Change(
        Func<HistoryDb, IQueryable<PictureRow>> choose, Action<PictureRow> change, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var rows = await choose(db).ToListAsync(cancellationToken);
        rows.ForEach(change);
        await db.SaveChangesAsync(cancellationToken);
        Tell();
        return [.. rows.Select(x => x.Id)];
    }
}
