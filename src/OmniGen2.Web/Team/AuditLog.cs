using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>Who did what, for administrators to read and take along.</summary>
public sealed class AuditLog(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    /// <param name="action">What was done.</param>
    /// <param name="subject">To whom or what, in words; never a secret.</param>
    /// <param name="by">Who did it; null: who asks.</param>
    /// <param name="address">Of the network, where somebody came over it.</param>
    public async Task Write(AuditAction action, string subject, Asker? by = null, string address = "")
    {
        by ??= Asker.Current;
        await using var db = await history.CreateDbContextAsync();
        db.Audit.Add(new AuditRow
        {
            At = time.GetUtcNow(),
            PersonId = by.Id,
            Name = by.SeenThroughBy ?? by.Name,
            Action = action,
            Subject = subject,
            Address = address,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>The newest first.</summary>
    /// <param name="before">Only older rows than this id; null from the newest on.</param>
    /// <param name="count">At most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AuditRow>> Latest(long? before, int count, CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Audit.AsNoTracking().Where(x => before == null || x.Id < before).OrderByDescending(x => x.Id).Take(count).ToListAsync(cancellationToken);
    }
}
