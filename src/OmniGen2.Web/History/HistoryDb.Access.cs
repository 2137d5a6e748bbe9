using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>
/// The one place that decides who sees what: every query for rows of a person goes through these filters, and every change through
/// <see cref="ChangeGuard"/>. What is not one's own and not shared is not there, whoever guesses its id.
/// </summary>
public sealed partial class HistoryDb
{
    // No person's id, so that rows without an owner are not everybody's.
    private const string NoId = "-";

    /// <summary>Who asks this context; whoever asked for it to be made.</summary>
    public Asker Asker { get; } = Asker.Current;

    private bool All => Asker.SeesAll;

    private string Me => Asker.Id ?? NoId;

    private bool IsPerson => Asker.IsPerson;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        ChangeGuard.Check(this);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeGuard.Check(this);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Filters of tables that others refer to come first; none goes back to one before it.</summary>
    private void Filter(ModelBuilder model)
    {
        model.Entity<BoardRow>().HasQueryFilter(x => All || x.Owner == Me
            || Shares.Any(s => s.SubjectId == x.Id && ((IsPerson && s.Audience == Audience.Team) || s.PersonId == Me)));
        model.Entity<BoardPictureRow>().HasQueryFilter(x => All || Boards.Any(b => b.Id == x.BoardId));
        model.Entity<ThreadRow>().HasQueryFilter(x => All || x.Owner == Me
            || Shares.Any(s => s.SubjectId == x.Id && ((IsPerson && s.Audience == Audience.Team) || s.PersonId == Me)));
        model.Entity<MessageRow>().HasQueryFilter(x => All || Threads.Any(t => t.Id == x.ThreadId));
        model.Entity<MessagePictureRow>().HasQueryFilter(x => All || Messages.Any(m => m.Id == x.MessageId));
        model.Entity<JobRow>().HasQueryFilter(x => All || x.Owner == Me
            || Shares.Any(s => s.SubjectId == x.Id && ((IsPerson && s.Audience == Audience.Team) || s.PersonId == Me)));
        // On a shared board or in a shared thread are seen the pictures of who put them there: nobody shares what is another's.
        model.Entity<PictureRow>().HasQueryFilter(x => All || x.Owner == Me || (x.DeletedAt == null
            && (Shares.Any(s => s.SubjectId == x.Id && ((IsPerson && s.Audience == Audience.Team) || s.PersonId == Me))
                || BoardPictures.Any(b => b.PictureId == x.Id && b.AddedBy == x.Owner)
                || Messages.Any(m => m.PictureId == x.Id && Threads.Any(t => t.Id == m.ThreadId && t.Owner == x.Owner))
                || MessagePictures.Any(p => p.PictureId == x.Id && Messages.Any(m => m.Id == p.MessageId && Threads.Any(t => t.Id == m.ThreadId && t.Owner == x.Owner))))));
        model.Entity<TagRow>().HasQueryFilter(x => All || Pictures.Any(p => p.Id == x.PictureId));
        model.Entity<VerdictRow>().HasQueryFilter(x => All || Pictures.Any(p => p.Id == x.PictureId));
        model.Entity<PresetRow>().HasQueryFilter(x => All || x.Owner == Me);
        model.Entity<RemarkRow>().HasQueryFilter(x => All || Pictures.Any(p => p.Id == x.PictureId) || Jobs.Any(j => j.Id == x.PictureId));
        model.Entity<ReactionRow>().HasQueryFilter(x => All || Pictures.Any(p => p.Id == x.PictureId) || Jobs.Any(j => j.Id == x.PictureId));
        model.Entity<NoticeRow>().HasQueryFilter(x => All || x.PersonId == Me);
    }
}
