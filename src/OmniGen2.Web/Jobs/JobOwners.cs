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

    private readonly ConcurrentDictionary<string, (Role? Role, string Name, long At)> _known = [];

    /// <summary>Null for somebody who has no account.</summary>
    public Role? RoleOf(string owner) => Of(owner).Role;

    public string NameOf(string owner) => Of(owner).Name;

    private (Role? Role, string Name, long At) Of(string owner)
    {
        if (!_known.TryGetValue(owner, out var known) || time.GetElapsedTime(known.At) > Remembered)
        {
            using var db = history.CreateDbContext();
            var person = db.Users.AsNoTracking().Where(x => x.Id == owner).Select(x => new { x.Role, x.Name }).FirstOrDefault();
            _known[owner] = known = (person?.Role, person is { Name.Length: > 0 } ? person.Name : owner, time.GetTimestamp());
        }

        return known;
    }
}
