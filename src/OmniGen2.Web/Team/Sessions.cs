using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Team;

/// <summary>The browsers that people are signed in with. One that is ended here is out at once, its open pages too.</summary>
public sealed class Sessions(IDbContextFactory<HistoryDb> history, IOptions<TeamOptions> options, TimeProvider time)
{
    private const int LongestAgent = 300;

    /// <summary>How long a session lasts that was not meant to stay.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromHours(12);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _ends = [];

    /// <param name="person">Who signed in.</param>
    /// <param name="stays">For weeks on this device, not for half a day.</param>
    /// <param name="address">Of the network.</param>
    /// <param name="agent">As the browser calls itself.</param>
    public async Task<Guid> Begin(string person, bool stays, string address, string agent)
    {
        var now = time.GetUtcNow();
        await using var db = await history.CreateDbContextAsync();
        var row = new SessionRow
        {
            Id = Guid.NewGuid(),
            PersonId = person,
            CreatedAt = now,
            SeenAt = now,
            ExpiresAt = now + (stays ? TimeSpan.FromDays(options.Value.SessionDays) : Short),
            Address = address,
            Agent = agent.Length > LongestAgent ? agent[..LongestAgent] : agent,
        };
        db.Sessions.Add(row);
        await db.Sessions.Where(x => x.ExpiresAt < now).ExecuteDeleteAsync();
        await db.SaveChangesAsync();
        return row.Id;
    }

    /// <summary>Who asks with this session; null when it is over or its person may not come in.</summary>
    public async Task<Asker?> AskerOf(Guid session)
    {
        await using var db = await history.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (await db.Sessions.AsNoTracking().FirstOrDefaultAsync(x => x.Id == session && x.ExpiresAt > now) is not { } row
            || await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == row.PersonId) is not { State: PersonState.Active } person)
        {
            return null;
        }

        if (row.SeenAt + SeenEvery < now)
        {
            await db.Sessions.Where(x => x.Id == session).ExecuteUpdateAsync(x => x.SetProperty(s => s.SeenAt, now));
            await db.Users.Where(x => x.Id == person.Id).ExecuteUpdateAsync(x => x.SetProperty(p => p.SeenAt, now));
        }

        var asker = Of(person) with { Session = session };
        return row.ViewAs is not null && asker.Permissions.Contains(Permission.ManagePeople) && await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == row.ViewAs) is { } seen
            ? Of(seen) with { Session = session, SeenThroughBy = person.Name }
            : asker;
    }

    /// <summary>Those that are not over; the last used first.</summary>
    /// <param name="person">Whose; null: everybody's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SessionRow>> List(string? person, CancellationToken cancellationToken)
    {
        DemandOver(person);
        var now = time.GetUtcNow();
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.AsNoTracking().Where(x => x.ExpiresAt > now && (person == null || x.PersonId == person)).OrderByDescending(x => x.SeenAt).ToListAsync(cancellationToken);
    }

    /// <summary>One's own, or any for who looks after people.</summary>
    public async Task End(Guid session)
    {
        await using var db = await history.CreateDbContextAsync();
        if (await db.Sessions.FirstOrDefaultAsync(x => x.Id == session) is { } row)
        {
            DemandOver(row.PersonId);
            db.Sessions.Remove(row);
            await db.SaveChangesAsync();
        }

        Break(session);
    }

    /// <summary>All of a person, as when the password changes.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="but">One that goes on.</param>
    public async Task EndAll(string person, Guid? but = null)
    {
        DemandOver(person);
        foreach (var session in await Asker.As(Asker.Studio, () => List(person, CancellationToken.None)))
        {
            if (session.Id != but)
            {
                await Asker.As(Asker.Studio, () => End(session.Id));
            }
        }
    }

    /// <summary>Lets an administrator look through a person's eyes, or (null) through their own again.</summary>
    internal async Task LookAs(Guid session, string? person)
    {
        await using (var db = await history.CreateDbContextAsync())
        {
            await db.Sessions.Where(x => x.Id == session).ExecuteUpdateAsync(x => x.SetProperty(s => s.ViewAs, person));
        }

        Break(session);
    }

    /// <summary>Breaks off the connections of a person, who comes back with what they may do now.</summary>
    internal async Task Renew(string person)
    {
        foreach (var session in await Asker.As(Asker.Studio, () => List(person, CancellationToken.None)))
        {
            Break(session.Id);
        }
    }

    /// <summary>Cancelled when the session ends, or what its person may do has changed.</summary>
    internal CancellationToken EndOf(Guid session) => _ends.GetOrAdd(session, _ => new CancellationTokenSource()).Token;

    internal static Asker Of(PersonRow person) => new() { Id = person.Id, Name = person.Name, Permissions = Permissions.Of(person.Role) };

    private static void DemandOver(string? person)
    {
        if (person is null || !Asker.Current.Owns(person))
        {
            Asker.Current.Demand(Permission.ManagePeople);
        }
    }

    private void Break(Guid session)
    {
        if (_ends.TryRemove(session, out var end))
        {
            end.Cancel();
        }
    }
}
