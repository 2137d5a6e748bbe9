using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>Something that can be shared.</summary>
public sealed record ShareSubject(ShareKind Kind, Guid Id)
{
    /// <summary>Where its audience sees it, from the studio's root.</summary>
    public string Address => Kind switch
    {
        ShareKind.Picture => $"watch/{Id}",
        ShareKind.Thread => $"chat/{Id}",
        _ => "gallery",
    };
}

/// <summary>How a link opens.</summary>
/// <param name="IsOpen">Without an account.</param>
/// <param name="Lasts">Null: until it is revoked.</param>
/// <param name="IsSnapshot">Shows a thread or board as it is now, not as it becomes.</param>
public sealed record LinkTerms(bool IsOpen, TimeSpan? Lasts, bool IsSnapshot);

/// <summary>Lets others see what is one's own: people, the team, or whoever has a link. The database checks whose it is.</summary>
public sealed class Shares(IDbContextFactory<HistoryDb> history, Notices notices, AuditLog audit, Gallery gallery, TimeProvider time)
{
    /// <summary>Those of one's own thing.</summary>
    public async Task<IReadOnlyList<ShareRow>> List(Guid subject, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Shares.AsNoTracking().Where(x => x.SubjectId == subject && x.SharedBy == db.Asker.Id).OrderBy(x => x.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Lets one person see it, or with null everybody of the team.</summary>
    /// <param name="subject">One's own.</param>
    /// <param name="person">With whom.</param>
    /// <param name="mayAdd">They may put pictures of theirs on the board.</param>
    public async Task With(ShareSubject subject, string? person, bool mayAdd = false)
    {
        var audience = person is null ? Audience.Team : Audience.Person;
        await using var db = await history.CreateDbContextAsync();
        if (await db.Shares.FirstOrDefaultAsync(x => x.SubjectId == subject.Id && x.Audience == audience && x.PersonId == person) is { } known)
        {
            known.MayAdd = mayAdd;
            await db.SaveChangesAsync();
            return;
        }

        db.Shares.Add(Row(subject, audience, person, mayAdd));
        await db.SaveChangesAsync();
        gallery.Tell();
        await audit.Write(AuditAction.Shared, person is null ? $"a {Name(subject)} with the team" : $"a {Name(subject)} with one person");
        if (person is not null)
        {
            await notices.Tell(person, NoticeKind.Shared, $"shared a {Name(subject)} with you.", subject.Address);
        }
    }

    /// <returns>The secret of the link, which can never be shown again.</returns>
    public async Task<string> Link(ShareSubject subject, LinkTerms terms)
    {
        var token = Secret.New();
        await using var db = await history.CreateDbContextAsync();
        var row = Row(subject, Audience.Link, null, mayAdd: false, Secret.Hash(token), terms.IsOpen, terms.Lasts is { } lasts ? time.GetUtcNow() + lasts : null,
            terms.IsSnapshot && subject.Kind != ShareKind.Picture ? (await ShareSnapshot.Take(db, subject))?.ToJson() : null);
        db.Shares.Add(row);
        await db.SaveChangesAsync();
        await audit.Write(AuditAction.Shared, $"a {Name(subject)} by {(terms.IsOpen ? "an open link" : "a link for the team")}");
        return token;
    }

    /// <summary>Takes back one's own.</summary>
    public async Task Revoke(Guid share)
    {
        await using var db = await history.CreateDbContextAsync();
        if (await db.Shares.FirstOrDefaultAsync(x => x.Id == share && x.SharedBy == db.Asker.Id) is { } row)
        {
            db.Shares.Remove(row);
            await db.SaveChangesAsync();
            gallery.Tell();
            await audit.Write(AuditAction.ShareRevoked, $"a {row.Kind.ToString().ToLowerInvariant()}");
        }
    }

    /// <summary>The pictures that a thing shows to others: those of who put them there.</summary>
    internal static Task<List<Guid>> PicturesOf(HistoryDb db, ShareSubject subject) => (subject.Kind switch
    {
        ShareKind.Board => db.BoardPictures.Where(x => x.BoardId == subject.Id && db.Pictures.Any(p => p.Id == x.PictureId && p.Owner == x.AddedBy && p.DeletedAt == null))
            .OrderByDescending(x => x.AddedAt).Select(x => x.PictureId),
        ShareKind.Thread => db.Pictures.Where(p => p.DeletedAt == null && db.Threads.Any(t => t.Id == subject.Id && t.Owner == p.Owner)
                && (db.Messages.Any(m => m.ThreadId == subject.Id && m.PictureId == p.Id)
                    || db.MessagePictures.Any(x => x.PictureId == p.Id && db.Messages.Any(m => m.Id == x.MessageId && m.ThreadId == subject.Id))))
            .OrderBy(p => p.CreatedAt).Select(p => p.Id),
        _ => db.Pictures.Where(x => x.Id == subject.Id && x.DeletedAt == null).Select(x => x.Id),
    }).ToListAsync();

    private static string Name(ShareSubject subject) => subject.Kind.ToString().ToLowerInvariant();

    private ShareRow Row(
        ShareSubject subject, Audience audience, string? person, bool mayAdd, string? hash = null, bool isOpen = false, DateTimeOffset? expires = null, string? snapshot = null)
    {
        return new ShareRow
        {
            Id = Guid.NewGuid(),
            Kind = subject.Kind,
            SubjectId = subject.Id,
            Audience = audience,
            PersonId = person,
            MayAdd = mayAdd,
            SharedBy = Asker.Current.Id ?? throw new ModelException("Without accounts there is nobody to share with: ./run.sh --lan opens the studio to a team."),
            CreatedAt = time.GetUtcNow(),
            TokenHash = hash,
            IsOpen = isOpen,
            ExpiresAt = expires,
            Snapshot = snapshot,
        };
    }
}
