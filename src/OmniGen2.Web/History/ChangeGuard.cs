using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>
/// Refuses changes of what is another's, and what a role may not do, whatever page or call they came by; gives new rows their owner. People,
/// sessions, invitations, keys, notices and the audit log are changed by services that check the right to it themselves.
/// </summary>
internal static class ChangeGuard
{
    private const string Foreign = "This belongs to somebody else: make your own from it, or ask them to change it.";

    public static void Check(HistoryDb db)
    {
        if (db.Asker.SeesAll)
        {
            return;
        }

        foreach (var entry in db.ChangeTracker.Entries().Where(x => x.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList())
        {
            Check(db, entry);
        }
    }

    private static void Check(HistoryDb db, EntityEntry entry)
    {
        var asker = db.Asker;
        switch (entry.Entity)
        {
            case RemarkRow remark:
                asker.Demand(Permission.Remark);
                Require(asker.Owns(remark.PersonId) || (entry.State == EntityState.Modified && IsOwn(db, remark.PictureId)));
                Require(IsSeen(db, remark.PictureId));
                break;
            case ReactionRow reaction:
                asker.Demand(Permission.Remark);
                Require(asker.Owns(reaction.PersonId) && IsSeen(db, reaction.PictureId));
                break;
            case ShareRow share:
                asker.Demand(Permission.Share);
                Require(asker.Owns(share.SharedBy) && IsOwn(db, share.SubjectId));
                break;
            case BoardPictureRow place:
                asker.Demand(Permission.Make);
                Own(entry, nameof(BoardPictureRow.AddedBy), asker);
                Require(IsOwn(db, place.BoardId) || (IsSeen(db, place.PictureId) && (entry.State == EntityState.Added ? MayAdd(db, place.BoardId) : asker.Owns(place.AddedBy))));
                break;
            case TagRow or VerdictRow or MessageRow or MessagePictureRow or ParentRow:
                asker.Demand(Permission.Make);
                Require(IsOwn(db, SubjectOf(db, entry.Entity)));
                break;
            case PictureRow or JobRow or ThreadRow or BoardRow or PresetRow:
                asker.Demand(Permission.Make);
                Own(entry, nameof(PictureRow.Owner), asker);
                break;
        }
    }

    /// <summary>A new row becomes the asker's; an old one must be.</summary>
    private static void Own(EntityEntry entry, string column, Asker asker)
    {
        var owner = entry.Property(column);
        if (entry.State == EntityState.Added && owner.CurrentValue is null)
        {
            owner.CurrentValue = asker.Id;
        }
        else if (column == nameof(PictureRow.Owner))
        {
            Require(asker.Owns((string?)owner.OriginalValue) && asker.Owns((string?)owner.CurrentValue));
        }
    }

    /// <summary>What the row belongs to, whose owner decides.</summary>
    private static Guid SubjectOf(HistoryDb db, object row) => row switch
    {
        TagRow tag => tag.PictureId,
        VerdictRow verdict => verdict.PictureId,
        MessageRow message => message.ThreadId,
        MessagePictureRow picture => ThreadOf(db, picture.MessageId),
        ParentRow parent => parent.PictureId,
        _ => Guid.Empty,
    };

    private static Guid ThreadOf(HistoryDb db, Guid message) =>
        db.Messages.Local.FirstOrDefault(x => x.Id == message)?.ThreadId ?? db.Messages.Where(x => x.Id == message).Select(x => x.ThreadId).FirstOrDefault();

    /// <summary>Whether a picture, job, thread or board with this id is the asker's, here or among what is being added.</summary>
    private static bool IsOwn(HistoryDb db, Guid subject)
    {
        var me = db.Asker.Id;
        return db.Threads.Local.Any(x => x.Id == subject && (x.Owner ?? me) == me) || db.Pictures.Local.Any(x => x.Id == subject && (x.Owner ?? me) == me)
            || db.Pictures.Any(x => x.Id == subject && x.Owner == me) || db.Jobs.Any(x => x.Id == subject && x.Owner == me)
            || db.Threads.Any(x => x.Id == subject && x.Owner == me) || db.Boards.Any(x => x.Id == subject && x.Owner == me);
    }

    private static bool IsSeen(HistoryDb db, Guid picture) => db.Pictures.Any(x => x.Id == picture) || db.Jobs.Any(x => x.Id == picture);

    private static bool MayAdd(HistoryDb db, Guid board) =>
        db.Shares.Any(x => x.SubjectId == board && x.MayAdd && (x.Audience == Audience.Team || x.PersonId == db.Asker.Id));

    private static void Require(bool allowed)
    {
        if (!allowed)
        {
            throw new ModelException(Foreign);
        }
    }
}
