using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>What a link shows now.</summary>
/// <param name="Row">The share.</param>
/// <param name="Title">Of what is shared.</param>
/// <param name="By">Who shares it.</param>
/// <param name="Pictures">In order; those that are still there.</param>
/// <param name="Messages">Of a thread, in order.</param>
public sealed record SharedThing(ShareRow Row, string Title, string By, IReadOnlyList<PictureRow> Pictures, IReadOnlyList<MessageRow> Messages);

/// <summary>Opens links: whoever has one sees what it shows and nothing else.</summary>
public sealed class SharedLinks(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    /// <summary>The share of a link; null when it is none, too old or revoked.</summary>
    public async Task<ShareRow?> Find(string token)
    {
        var (hash, now) = (Secret.Hash(token), time.GetUtcNow());
        await using var db = Open();
        return await db.Shares.AsNoTracking().FirstOrDefaultAsync(x => x.TokenHash == hash && (x.ExpiresAt == null || x.ExpiresAt > now));
    }

    /// <summary>Whether who asks may use it: without an account only where that was allowed.</summary>
    public static bool Admits(ShareRow share) => share.IsOpen || Asker.Current.IsPerson;

    /// <summary>Null when what was shared is no longer there.</summary>
    public async Task<SharedThing?> Read(ShareRow share)
    {
        await using var db = Open();
        var ids = await Ids(db, share);
        var rows = await db.Pictures.AsNoTracking().Where(x => ids.Contains(x.Id) && x.DeletedAt == null).ToDictionaryAsync(x => x.Id);
        var pictures = ids.Where(rows.ContainsKey).Select(x => rows[x]).ToList();
        var by = (await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == share.SharedBy))?.Name ?? "";
        var title = share.Kind switch
        {
            ShareKind.Board => (await db.Boards.AsNoTracking().FirstOrDefaultAsync(x => x.Id == share.SubjectId && x.DeletedAt == null))?.Name,
            ShareKind.Thread => (await db.Threads.AsNoTracking().FirstOrDefaultAsync(x => x.Id == share.SubjectId && x.DeletedAt == null))?.Title,
            _ => pictures.FirstOrDefault()?.Prompt ?? (await db.Jobs.AnyAsync(x => x.Id == share.SubjectId) ? "A picture in the making" : null),
        };
        return title is null ? null : new SharedThing(share, title, by, pictures, await Messages(db, share));
    }

    /// <summary>A picture of what a link shows; null for any other.</summary>
    public async Task<PictureRow?> Picture(ShareRow share, Guid id)
    {
        await using var db = Open();
        return (await Ids(db, share)).Contains(id) ? await db.Pictures.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id && x.DeletedAt == null) : null;
    }

    private static async Task<List<Guid>> Ids(HistoryDb db, ShareRow share) => share.Snapshot is { } snapshot
        ? [.. snapshot.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)]
        : await Shares.PicturesOf(db, new ShareSubject(share.Kind, share.SubjectId), until: null);

    private static async Task<IReadOnlyList<MessageRow>> Messages(HistoryDb db, ShareRow share)
    {
        if (share.Kind != ShareKind.Thread)
        {
            return [];
        }

        var until = share.Snapshot is null ? DateTimeOffset.MaxValue : share.CreatedAt;
        return await db.Messages.AsNoTracking().Where(x => x.ThreadId == share.SubjectId && x.CreatedAt <= until).OrderBy(x => x.Place).ToListAsync();
    }

    /// <summary>A link is a right of its own: it does not matter who asks.</summary>
    private HistoryDb Open() => Asker.As(Asker.Studio, history.CreateDbContext);
}
