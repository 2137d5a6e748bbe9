using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>What a link shows now.</summary>
/// <param name="Row">The share.</param>
/// <param name="Title">Of what is shared.</param>
/// <param name="By">Who shares it.</param>
/// <param name="Pictures">In order; those that are still there.</param>
/// <param name="Messages">Of a thread, in order.</param>
public sealed record SharedThing(ShareRow Row, string Title, string By, IReadOnlyList<PictureRow> Pictures, IReadOnlyList<SharedMessage> Messages);

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
        var subject = SubjectOf(share);
        // A snapshot, too, goes with the thread or board that it is of.
        var shown = share.Snapshot is null ? await ShareSnapshot.Take(db, subject)
            : await ShareSnapshot.TitleOf(db, subject) is null ? null : ShareSnapshot.Parse(share.Snapshot);
        if (shown is null)
        {
            return null;
        }

        var rows = await db.Pictures.AsNoTracking().Where(x => shown.Pictures.Contains(x.Id) && x.DeletedAt == null).ToDictionaryAsync(x => x.Id);
        var by = (await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == share.SharedBy))?.Name ?? "";
        return new SharedThing(share, shown.Title, by, [.. shown.Pictures.Where(rows.ContainsKey).Select(x => rows[x])], shown.Messages);
    }

    /// <summary>A picture of what a link shows; null for any other.</summary>
    public async Task<PictureRow?> Picture(ShareRow share, Guid id)
    {
        await using var db = Open();
        var subject = SubjectOf(share);
        if (await ShareSnapshot.TitleOf(db, subject) is null)
        {
            return null;
        }

        var shown = share.Snapshot is null ? await Shares.PicturesOf(db, subject) : ShareSnapshot.Parse(share.Snapshot).Pictures;
        return shown.Contains(id) ? await db.Pictures.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id && x.DeletedAt == null) : null;
    }

    private static ShareSubject SubjectOf(ShareRow share) => new(share.Kind, share.SubjectId);

    /// <summary>A link is a right of its own: it does not matter who asks.</summary>
    private HistoryDb Open() => Asker.As(Asker.Studio, history.CreateDbContext);
}
