using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>Something that somebody of the team did where others see it.</summary>
/// <param name="At">When.</param>
/// <param name="Person">Who.</param>
/// <param name="Words">What, without the name.</param>
/// <param name="Address">Where it is seen, from the studio's root.</param>
/// <param name="Picture">Its thumbnail; null for boards and threads.</param>
public sealed record TeamEvent(DateTimeOffset At, string Person, string Words, string Address, Guid? Picture);

/// <summary>What went on in the team, as far as who asks may see it.</summary>
public sealed class TeamActivity(IDbContextFactory<HistoryDb> history)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<TeamEvent>> Latest(int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var me = db.Asker.Id;
        var shares = await db.Shares.AsNoTracking().Where(x => x.Audience == Audience.Team || x.PersonId == me).OrderByDescending(x => x.CreatedAt).Take(count).ToListAsync(cancellationToken);
        var remarks = await db.Remarks.AsNoTracking().Where(x => x.DeletedAt == null).OrderByDescending(x => x.CreatedAt).Take(count).ToListAsync(cancellationToken);
        return
        [
            .. shares.Select(x => new TeamEvent(x.CreatedAt, x.SharedBy, $"shared a {x.Kind.ToString().ToLowerInvariant()}", new ShareSubject(x.Kind, x.SubjectId).Address, x.Kind == ShareKind.Picture ? x.SubjectId : null))
                .Concat(remarks.Select(x => new TeamEvent(x.CreatedAt, x.PersonId, $"said: {x.Text}", $"watch/{x.PictureId}", x.PictureId)))
                .OrderByDescending(x => x.At).Take(count),
        ];
    }
}
