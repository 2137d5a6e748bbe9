using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>What a link to a thread or board showed when it was made, whatever becomes of the thread or board.</summary>
/// <param name="Title">Of what is shared.</param>
/// <param name="Pictures">Their ids, in order.</param>
/// <param name="Messages">Of a thread, in order.</param>
public sealed record ShareSnapshot(string Title, IReadOnlyList<Guid> Pictures, IReadOnlyList<SharedMessage> Messages)
{
    /// <summary>As it is now; null when it is no longer there.</summary>
    public static async Task<ShareSnapshot?> Take(HistoryDb db, ShareSubject subject) => await TitleOf(db, subject) is { } title
        ? new ShareSnapshot(title, await Shares.PicturesOf(db, subject), await MessagesOf(db, subject))
        : null;

    /// <summary>Null when what is shared is no longer there.</summary>
    public static async Task<string?> TitleOf(HistoryDb db, ShareSubject subject) => subject.Kind switch
    {
        ShareKind.Board => await db.Boards.Where(x => x.Id == subject.Id && x.DeletedAt == null).Select(x => x.Name).FirstOrDefaultAsync(),
        ShareKind.Thread => await db.Threads.Where(x => x.Id == subject.Id && x.DeletedAt == null).Select(x => x.Title).FirstOrDefaultAsync(),
        _ => await db.Pictures.Where(x => x.Id == subject.Id && x.DeletedAt == null).Select(x => x.Prompt).FirstOrDefaultAsync()
            ?? (await db.Jobs.AnyAsync(x => x.Id == subject.Id) ? "A picture in the making" : null),
    };

    public static ShareSnapshot Parse(string json) => JsonSerializer.Deserialize<ShareSnapshot>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);

    private static async Task<IReadOnlyList<SharedMessage>> MessagesOf(HistoryDb db, ShareSubject subject) => subject.Kind != ShareKind.Thread
        ? []
        : await db.Messages.Where(x => x.ThreadId == subject.Id && x.Text != "").OrderBy(x => x.Place).Select(x => new SharedMessage(x.Role == ChatRole.User, x.Text)).ToListAsync();
}

/// <param name="IsPersons">Said by the person, not by the model.</param>
/// <param name="Text">Plain text.</param>
public sealed record SharedMessage(bool IsPersons, string Text);
