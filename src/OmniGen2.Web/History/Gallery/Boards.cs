using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>A board and how many pictures it shows.</summary>
public sealed record BoardSummary(Guid Id, string Name, int Count)
{
    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    /// <summary>The search that shows it.</summary>
    public string Search => $"board:\"{Name}\"";
}

/// <summary>Named collections of pictures.</summary>
public sealed class Boards(IDbContextFactory<HistoryDb> history, PictureSearch search, Gallery gallery, TimeProvider time) : ITrash, IDisposable
{
    private const int LongestName = 80;

    // Two who change one board at once do it one after the other, so that each sees what the other did.
    private readonly SemaphoreSlim _changing = new(1);

    public void Dispose() => _changing.Dispose();

    /// <summary>By name.</summary>
    public IReadOnlyList<BoardSummary> All()
    {
        using var db = history.CreateDbContext();
        var boards = db.Boards.AsNoTracking().Where(x => x.DeletedAt == null).ToList();
        return [.. boards.OrderBy(x => x.Name, StringComparer.OrdinalIgnoreCase).Select(x => new BoardSummary(x.Id, x.Name, search.CountMark(SearchParser.BoardMark(x.Id))) { Owner = x.Owner })];
    }

    /// <summary>A name that is empty, too long or taken is a <see cref="ModelException"/>.</summary>
    public Task<BoardRow> Create(string name, CancellationToken cancellationToken = default) => Change(
        async db =>
        {
            var board = new BoardRow { Id = Guid.NewGuid(), Name = await Checked(db, name, null, cancellationToken), CreatedAt = time.GetUtcNow() };
            db.Boards.Add(board);
            return board;
        },
        cancellationToken);

    /// <summary>As <see cref="Create"/> judges names.</summary>
    public Task<BoardRow> Rename(Guid board, string name, CancellationToken cancellationToken = default) => Change(
        async db =>
        {
            var row = await Find(db, board, cancellationToken);
            row.Name = await Checked(db, name, board, cancellationToken);
            return row;
        },
        cancellationToken);

    /// <summary>Its pictures stay where they are.</summary>
    public Task<BoardRow> Trash(Guid board, CancellationToken cancellationToken = default) => SetDeleted(board, time.GetUtcNow(), cancellationToken);

    public Task<BoardRow> Restore(Guid board, CancellationToken cancellationToken = default) => SetDeleted(board, null, cancellationToken);

    /// <returns>Those that were not on it before.</returns>
    public Task<IReadOnlyList<Guid>> Add(Guid board, IReadOnlyCollection<Guid> pictures, CancellationToken cancellationToken = default) => Change<IReadOnlyList<Guid>>(
        async db =>
        {
            await Find(db, board, cancellationToken);
            var known = await db.BoardPictures.Where(x => x.BoardId == board && pictures.Contains(x.PictureId)).Select(x => x.PictureId).ToListAsync(cancellationToken);
            List<Guid> added = [.. pictures.Distinct().Except(known)];
            db.BoardPictures.AddRange(added.Select(x => new BoardPictureRow { BoardId = board, PictureId = x, AddedAt = time.GetUtcNow() }));
            return added;
        },
        cancellationToken);

    /// <returns>Those that were on it.</returns>
    public Task<IReadOnlyList<Guid>> Remove(Guid board, IReadOnlyCollection<Guid> pictures, CancellationToken cancellationToken = default) => Change<IReadOnlyList<Guid>>(
        async db =>
        {
            var rows = await db.BoardPictures.Where(x => x.BoardId == board && pictures.Contains(x.PictureId)).ToListAsync(cancellationToken);
            db.RemoveRange(rows);
            return [.. rows.Select(x => x.PictureId)];
        },
        cancellationToken);

    public async Task<int> Sweep(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var old = await db.Boards.Where(x => x.DeletedAt < before).ToListAsync(cancellationToken);
        var ids = old.ConvertAll(x => x.Id);
        db.RemoveRange(await db.BoardPictures.Where(x => ids.Contains(x.BoardId)).ToListAsync(cancellationToken));
        db.RemoveRange(old);
        await db.SaveChangesAsync(cancellationToken);
        return old.Count;
    }

    private static async Task<BoardRow> Find(HistoryDb db, Guid board, CancellationToken cancellationToken) =>
        await db.Boards.FirstOrDefaultAsync(x => x.Id == board, cancellationToken) ?? throw new ModelException("This board was deleted for good: make a new one.");

    /// <summary>The name as it is kept: without quotes, which would end it in a search.</summary>
    private static async Task<string> Checked(HistoryDb db, string name, Guid? self, CancellationToken cancellationToken)
    {
        var kept = string.Join(' ', name.Replace('"', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (kept.Length is 0 or > LongestName)
        {
            throw new ModelException(kept.Length == 0 ? "A board needs a name." : $"The name has {kept.Length} letters: use at most {LongestName}.");
        }

        var others = await db.Boards.Where(x => x.DeletedAt == null && x.Id != self).Select(x => x.Name).ToListAsync(cancellationToken);
        return others.Contains(kept, StringComparer.OrdinalIgnoreCase)
            ? throw new ModelException($"There is a board “{kept}” already: choose another name.")
            : kept;
    }

    private Task<BoardRow> SetDeleted(Guid board, DateTimeOffset? when, CancellationToken cancellationToken) => Change(
        async db =>
        {
            var row = await Find(db, board, cancellationToken);
            row.DeletedAt = when;
            return row;
        },
        cancellationToken);

    private async Task<T> Change<T>(Func<HistoryDb, Task<T>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await using var db = await history.CreateDbContextAsync(cancellationToken);
            var result = await change(db);
            await db.SaveChangesAsync(cancellationToken);
            gallery.Tell();
            return result;
        }
        finally
        {
            _changing.Release();
        }
    }
}
