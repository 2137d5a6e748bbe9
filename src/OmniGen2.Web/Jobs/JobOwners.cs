using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>Who the owners of jobs are, as far as the queue must know. Asked very often, so it is remembered for a while.</summary>
public sealed class JobOwners(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    /// <summary>So soon a new role or name counts.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (PersonRow? Person, long At)> _known = [];

    /// <summary>Null for somebody who has no account.</summary>
    public Role? RoleOf(string owner) => PersonOf(owner)?.Role;

    public string NameOf(string owner) => PersonOf(owner) is { Name.Length: > 0 } person ? person.Name : owner;

    /// <summary>Null for somebody who has no account.</summary>
    public PersonRow? PersonOf(string owner)
    {
        if (!_known.TryGetValue(owner, out var known) || time.GetElapsedTime(known.At) > Remembered)
        {
            using var db = history.CreateDbContext();
            _known[owner] = known = (db.Users.AsNoTracking().FirstOrDefault(x => x.Id == owner), time.GetTimestamp());
        }

        return known.Person;
    }
}
