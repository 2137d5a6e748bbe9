using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>What people may want to know: nothing pops up, a number by the bell says that there is something.</summary>
public sealed class Notices(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    private const int MostShown = 100;

    private readonly Broadcast<long> _changes = new(0);

    /// <summary>Now, and whenever somebody is told something or has read it.</summary>
    public IAsyncEnumerable<long> Watch(CancellationToken cancellationToken) => _changes.Watch(cancellationToken);

    /// <summary>One's own, the newest first.</summary>
    public async Task<IReadOnlyList<NoticeRow>> Mine(CancellationToken cancellationToken)
    {
        var me = Asker.Current.Id;
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Notices.AsNoTracking().Where(x => x.PersonId == me).OrderByDescending(x => x.CreatedAt).Take(MostShown).ToListAsync(cancellationToken);
    }

    public async Task<int> Unread(CancellationToken cancellationToken)
    {
        var me = Asker.Current.Id;
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Notices.CountAsync(x => x.PersonId == me && x.ReadAt == null, cancellationToken);
    }

    /// <summary>All of one's own; not while somebody else looks through one's eyes.</summary>
    public async Task MarkRead()
    {
        if (Asker.Current is { Id: { } me, SeenThroughBy: null })
        {
            DateTimeOffset? now = time.GetUtcNow();
            await using var db = await history.CreateDbContextAsync();
            await db.Notices.Where(x => x.PersonId == me && x.ReadAt == null).ExecuteUpdateAsync(x => x.SetProperty(n => n.ReadAt, now));
            _changes.Publish(_changes.Latest + 1);
        }
    }

    /// <summary>Tells somebody what another one did; nobody is told what they did themselves.</summary>
    internal async Task Tell(string person, NoticeKind kind, string text, string? address)
    {
        if (person == Asker.Current.Id)
        {
            return;
        }

        await using var db = await history.CreateDbContextAsync();
        db.Notices.Add(new NoticeRow
        {
            Id = Guid.NewGuid(),
            PersonId = person,
            FromId = Asker.Current.Id,
            Kind = kind,
            Text = text,
            Address = address,
            CreatedAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        _changes.Publish(_changes.Latest + 1);
    }
}
