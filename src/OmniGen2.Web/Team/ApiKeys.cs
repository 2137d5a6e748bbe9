using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>Keys by which programs act for a person, within what the person may do.</summary>
public sealed class ApiKeys(IDbContextFactory<HistoryDb> history, AuditLog audit, TimeProvider time)
{
    private const string Prefix = "og2-";
    private const int LongestName = 60;
    private const int MostOfOne = 50;
    private const int EndingLetters = 4;

    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    /// <summary>What a key can be good for.</summary>
    public static IReadOnlyList<Permission> Scopes { get; } = [Permission.See, Permission.Make];

    /// <param name="name">What it is for.</param>
    /// <param name="scopes">Some of <see cref="Scopes"/>; a key never allows more than its person may do.</param>
    /// <param name="expires">Null: it is good until it is revoked.</param>
    /// <returns>The key, which can never be shown again.</returns>
    public async Task<string> Make(string name, IReadOnlyCollection<Permission> scopes, DateTimeOffset? expires)
    {
        var asker = Asker.Current;
        if (asker is not { IsPerson: true, SeenThroughBy: null, Session: not null })
        {
            throw new ModelException("A key is made by the person whom it stands for: sign in as that person.");
        }

        var key = Prefix + Secret.New();
        await using var db = await history.CreateDbContextAsync();
        if (await db.ApiKeys.CountAsync(x => x.PersonId == asker.Id && x.RevokedAt == null) >= MostOfOne)
        {
            throw new ModelException($"You have {MostOfOne} keys: revoke one that is no longer used.");
        }

        db.ApiKeys.Add(new ApiKeyRow
        {
            Id = Guid.NewGuid(),
            PersonId = asker.Id!,
            Name = Texts.Checked(name, LongestName, "The key's name"),
            KeyHash = Secret.Hash(key),
            Ending = key[^EndingLetters..],
            Scopes = string.Join(' ', scopes.Intersect(Scopes)),
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = expires,
        });
        await db.SaveChangesAsync();
        await audit.Write(AuditAction.KeyMade, name);
        return key;
    }

    /// <summary>Those of a person that are not revoked; the newest first.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> List(string person, CancellationToken cancellationToken)
    {
        DemandOver(person);
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.AsNoTracking().Where(x => x.PersonId == person && x.RevokedAt == null).OrderByDescending(x => x.CreatedAt).ToListAsync(cancellationToken);
    }

    public async Task Revoke(Guid id)
    {
        await using var db = await history.CreateDbContextAsync();
        if (await db.ApiKeys.FirstOrDefaultAsync(x => x.Id == id) is not { RevokedAt: null } row)
        {
            return;
        }

        DemandOver(row.PersonId);
        row.RevokedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
        await audit.Write(AuditAction.KeyRevoked, row.Name);
    }

    /// <summary>Who asks with this key; null when it is none, or no longer.</summary>
    public async Task<Asker?> AskerOf(string key)
    {
        var hash = Secret.Hash(key);
        var now = time.GetUtcNow();
        await using var db = await history.CreateDbContextAsync();
        if (await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(x => x.KeyHash == hash && x.RevokedAt == null && (x.ExpiresAt == null || x.ExpiresAt > now)) is not { } row
            || await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == row.PersonId) is not { State: PersonState.Active } person)
        {
            return null;
        }

        if (row.UsedAt is null || row.UsedAt + UsedEvery < now)
        {
            await db.ApiKeys.Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x.SetProperty(k => k.UsedAt, now));
        }

        var scopes = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>);
        var asker = Sessions.Of(person);
        return asker with { Permissions = [.. asker.Permissions.Intersect(scopes)] };
    }

    private static void DemandOver(string person)
    {
        if (!Asker.Current.Owns(person) || Asker.Current.SeenThroughBy is not null)
        {
            Asker.Current.Demand(Permission.ManagePeople);
        }
    }
}
