using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Controls;

/// <summary>What can be done with pictures from any page: done at once, said in a toast, and taken back by its Undo or by Ctrl+Z.</summary>
public sealed class PictureCommands(Gallery gallery, Boards boards, PictureTags tags, PictureTrash trash, Toasts toasts)
{
    /// <summary>Many at once can be taken back; one is one key away.</summary>
    public async Task Star(IReadOnlyCollection<Guid> pictures, bool isStarred)
    {
        var changed = await gallery.Star(pictures, isStarred);
        if (changed.Count > 1)
        {
            toasts.Undoable($"{Count(changed)} {(isStarred ? "starred" : "no longer starred")}.", () => gallery.Star(changed, !isStarred), "star");
        }
    }

    /// <param name="pictures">Which.</param>
    /// <param name="rating">1 … 5, or 0 for none.</param>
    public async Task Rate(IReadOnlyCollection<Guid> pictures, int rating)
    {
        var before = await gallery.Rate(pictures.ToDictionary(x => x, _ => rating));
        if (before.Count > 1)
        {
            var said = rating switch { 0 => "lost their rating", 1 => "got 1 star", _ => $"got {rating} stars" };
            toasts.Undoable($"{Count(before.Keys)} {said}.", () => gallery.Rate(before), "star");
        }
    }

    public async Task Trash(IReadOnlyCollection<Guid> pictures)
    {
        if (await gallery.Trash(pictures) is { Count: > 0 } gone)
        {
            toasts.Undoable($"{Count(gone)} moved to the trash.", () => gallery.Restore(gone));
        }
    }

    public async Task Restore(IReadOnlyCollection<Guid> pictures)
    {
        if (await gallery.Restore(pictures) is { Count: > 0 } back)
        {
            toasts.Undoable($"{Count(back)} restored.", () => gallery.Trash(back), "undo");
        }
    }

    /// <summary>What cannot be taken back: whoever calls this has asked.</summary>
    public async Task Purge(IReadOnlyCollection<Guid> pictures) => Gone(await trash.Purge(pictures));

    /// <summary>As <see cref="Purge"/>, all that lies in the trash.</summary>
    public async Task EmptyTrash() => Gone(await trash.Empty());

    public async Task AddToBoard(BoardSummary board, IReadOnlyCollection<Guid> pictures)
    {
        var added = await boards.Add(board.Id, pictures);
        if (added.Count == 0)
        {
            toasts.Say($"Already on “{board.Name}”.", "board");
            return;
        }

        toasts.Undoable($"{Count(added)} put on “{board.Name}”.", () => boards.Remove(board.Id, added), "board");
    }

    public async Task TakeOffBoard(BoardSummary board, IReadOnlyCollection<Guid> pictures)
    {
        if (await boards.Remove(board.Id, pictures) is { Count: > 0 } removed)
        {
            toasts.Undoable($"{Count(removed)} taken off “{board.Name}”.", () => boards.Add(board.Id, removed), "board");
        }
    }

    public async Task TrashBoard(BoardSummary board)
    {
        await boards.Trash(board.Id);
        toasts.Undoable($"“{board.Name}” moved to the trash. Its pictures stay.", () => boards.Restore(board.Id));
    }

    /// <summary>A text that is no tag is a <see cref="ModelException"/>.</summary>
    public async Task Tag(IReadOnlyCollection<Guid> pictures, string text)
    {
        var (tag, added) = await tags.Add(pictures, text);
        if (added.Count > 0)
        {
            toasts.Undoable($"{Count(added)} tagged {tag}.", () => tags.Remove(added, tag), "tag");
        }
    }

    public async Task Untag(IReadOnlyCollection<Guid> pictures, string tag)
    {
        if (await tags.Remove(pictures, tag) is { Count: > 0 } removed)
        {
            toasts.Undoable($"{tag} taken off {Count(removed)}.", () => tags.Add(removed, tag), "tag");
        }
    }

    private static string Count(IEnumerable<Guid> pictures) => pictures.Count() is var count && count == 1 ? "1 picture" : $"{count:N0} pictures";

    private void Gone(int count) => toasts.Say(count == 1 ? "1 picture deleted for good." : $"{count:N0} pictures deleted for good.", "trash");
}
