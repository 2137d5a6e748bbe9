using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Team;

/// <summary>Links that let people in: each one person, once, for some days.</summary>
public sealed class Invitations(IDbContextFactory<HistoryDb> history, People people, AuditLog audit, IOptions<TeamOptions> options, TimeProvider time)
{
    private const string Closed = "This invitation is used, too old or taken back: ask for a new one.";

    /// <returns>The secret of the link, which can never be shown again.</returns>
    public async Task<string> Invite(Role role, string? email)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        var token = Secret.New();
        await using var db = await history.CreateDbContextAsync();
        var row = new InvitationRow
        {
            Id = Guid.NewGuid(),
            TokenHash = Secret.Hash(token),
            Role = role,
            Email = string.IsNullOrWhiteSpace(email) ? null : Texts.Checked(email, People.LongestEmail, "The e-mail address"),
            InvitedBy = Asker.Current.Id ?? "",
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow().AddDays(options.Value.InvitationDays),
        };
        db.Invitations.Add(row);
        await db.SaveChangesAsync();
        await audit.Write(AuditAction.Invited, $"{row.Email ?? "somebody"} as {role}");
        return token;
    }

    /// <summary>All that were not used, open or not; the newest first.</summary>
    public async Task<IReadOnlyList<InvitationRow>> List(CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Invitations.AsNoTracking().Where(x => x.UsedAt == null && x.RevokedAt == null).OrderByDescending(x => x.CreatedAt).ToListAsync(cancellationToken);
    }

    public async Task Revoke(Guid id)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        await using var db = await history.CreateDbContextAsync();
        if (await db.Invitations.FirstOrDefaultAsync(x => x.Id == id) is { RevokedAt: null } row)
        {
            row.RevokedAt = time.GetUtcNow();
            await db.SaveChangesAsync();
            await audit.Write(AuditAction.InvitationRevoked, row.Email ?? "somebody");
        }
    }

    /// <summary>The invitation of a link and who invites; null when it lets nobody in any more.</summary>
    public async Task<(InvitationRow Row, PersonRow? By)?> Find(string token)
    {
        var hash = Secret.Hash(token);
        await using var db = await history.CreateDbContextAsync();
        return await Open(db).AsNoTracking().FirstOrDefaultAsync(x => x.TokenHash == hash) is { } row
            ? (row, await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == row.InvitedBy))
            : null;
    }

    /// <summary>Lets somebody in. Of two who come by one link at once, one comes in; the link stays good when the account cannot be made.</summary>
    public async Task<PersonRow> Accept(string token, NewPerson asked)
    {
        var hash = Secret.Hash(token);
        var now = time.GetUtcNow();
        await using var db = await history.CreateDbContextAsync();
        if (await Open(db).AsNoTracking().FirstOrDefaultAsync(x => x.TokenHash == hash) is not { } row
            || await Open(db).Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x.SetProperty(i => i.UsedAt, now)) != 1)
        {
            throw new ModelException(Closed);
        }

        try
        {
            var person = await people.Add(asked, row.Role, PersonState.Active);
            await db.Invitations.Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x.SetProperty(i => i.UsedBy, person.Id));
            await audit.Write(AuditAction.Joined, $"{person.Name} as {row.Role}", Sessions.Of(person));
            return person;
        }
        catch
        {
            await db.Invitations.Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x.SetProperty(i => i.UsedAt, (DateTimeOffset?)null));
            throw;
        }
    }

    private IQueryable<InvitationRow> Open(HistoryDb db)
    {
        var now = time.GetUtcNow();
        return db.Invitations.Where(x => x.UsedAt == null && x.RevokedAt == null && x.ExpiresAt > now);
    }
}
