using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>Deletes a person and settles what becomes of what they made. The name stays, for what they said to others.</summary>
public sealed class PersonRemoval(IDbContextFactory<HistoryDb> history, People people, Sessions sessions, AuditLog audit, Gallery gallery, TimeProvider time)
{
    /// <summary>Everything becomes another person's.</summary>
    public Task HandOver(string person, string heir) => Remove(person, heir, toTrash: false);

    /// <summary>Everything goes to the trash of the administrator who does it, where it can be taken back from for as long as anything.</summary>
    public Task Trash(string person) => Remove(person, Asker.Current.Id ?? "", toTrash: true);

    /// <summary>What a person has that is not in the trash, the oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> PicturesOf(string person, CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        await using var db = Asker.As(Asker.Studio, history.CreateDbContext);
        return await db.Pictures.Where(x => x.Owner == person && x.DeletedAt == null).OrderBy(x => x.CreatedAt).Select(x => x.Id).ToListAsync(cancellationToken);
    }

    private async Task Remove(string person, string heir, bool toTrash)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        if (heir == person || await people.Find(heir) is not { State: PersonState.Active } to)
        {
            throw new ModelException("Choose somebody else of the team to hand everything over to.");
        }

        // Refuses the last administrator, and nobody is signed in as this person any more.
        await people.Block(person);
        var name = (await people.Find(person))!.Name;
        await Asker.As(Asker.Studio, () => Move(person, to.Id, toTrash));
        await audit.Write(AuditAction.PersonDeleted, toTrash ? $"{name}: all to the trash" : $"{name}: all to {to.Name}");
        gallery.Tell();
    }

    private async Task<bool> Move(string person, string heir, bool toTrash)
    {
        await using var db = await history.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        DateTimeOffset? now = time.GetUtcNow();
        if (toTrash)
        {
            await db.Pictures.Where(x => x.Owner == person && x.DeletedAt == null).ExecuteUpdateAsync(x => x.SetProperty(p => p.DeletedAt, now));
            await db.Threads.Where(x => x.Owner == person && x.DeletedAt == null).ExecuteUpdateAsync(x => x.SetProperty(p => p.DeletedAt, now));
            await db.Boards.Where(x => x.Owner == person && x.DeletedAt == null).ExecuteUpdateAsync(x => x.SetProperty(p => p.DeletedAt, now));
            await db.Shares.Where(x => x.SharedBy == person).ExecuteDeleteAsync();
        }

        await db.Pictures.Where(x => x.Owner == person).ExecuteUpdateAsync(x => x.SetProperty(p => p.Owner, heir));
        await db.Threads.Where(x => x.Owner == person).ExecuteUpdateAsync(x => x.SetProperty(p => p.Owner, heir));
        await db.Boards.Where(x => x.Owner == person).ExecuteUpdateAsync(x => x.SetProperty(p => p.Owner, heir));
        await db.Jobs.Where(x => x.Owner == person).ExecuteUpdateAsync(x => x.SetProperty(p => p.Owner, heir));
        await db.BoardPictures.Where(x => x.AddedBy == person).ExecuteUpdateAsync(x => x.SetProperty(p => p.AddedBy, heir));
        await db.Shares.Where(x => x.SharedBy == person).ExecuteUpdateAsync(x => x.SetProperty(p => p.SharedBy, heir));
        await db.Shares.Where(x => x.PersonId == person).ExecuteDeleteAsync();
        await db.Presets.Where(x => x.Owner == person).ExecuteDeleteAsync();
        await db.ApiKeys.Where(x => x.PersonId == person).ExecuteDeleteAsync();
        await db.Notices.Where(x => x.PersonId == person).ExecuteDeleteAsync();
        var row = await db.Users.SingleAsync(x => x.Id == person);
        (row.State, row.Role, row.Email, row.NormalizedEmail, row.PasswordHash) = (PersonState.Gone, Role.Viewer, null, null, null);
        row.UserName = row.NormalizedUserName = person.ToUpperInvariant();
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await sessions.EndAll(person);
        return true;
    }
}
