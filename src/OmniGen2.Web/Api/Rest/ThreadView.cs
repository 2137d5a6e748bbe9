using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>A conversation as programs see it.</summary>
public sealed record ThreadView(Guid Id, string Title, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ThreadView Of(ThreadRow row) => new(row.Id, row.Title, row.CreatedAt, row.UpdatedAt);
}

/// <summary>A conversation with all that was said, in order.</summary>
public sealed record ThreadDetails(ThreadView Thread, IReadOnlyList<MessageView> Messages);

/// <summary>A message of a conversation.</summary>
public sealed record MessageView
{
    public required Guid Id { get; init; }

    public required ChatRole Role { get; init; }

    /// <summary>Of an answer in the making, what is safe on disk.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the person showed.</summary>
    public required IReadOnlyList<Guid> Pictures { get; init; }

    /// <summary>The job that writes or wrote this answer.</summary>
    public Guid? JobId { get; init; }

    /// <summary>The picture that is the answer, or becomes it.</summary>
    public Guid? PictureId { get; init; }

    /// <summary>Why the answer ends early.</summary>
    public string? Fault { get; init; }

    public static MessageView Of(ThreadMessage message) => new()
    {
        Id = message.Row.Id,
        Role = message.Row.Role,
        Text = message.Row.Text,
        CreatedAt = message.Row.CreatedAt,
        Pictures = message.Pictures,
        JobId = message.Row.JobId,
        PictureId = message.Row.PictureId,
        Fault = message.Row.Fault,
    };
}

/// <summary>What somebody says in a thread.</summary>
public sealed record SaidMessage(string Text)
{
    /// <summary>Ids of up to five pictures that are shown with it.</summary>
    public IReadOnlyList<Guid>? Pictures { get; init; }
}

public sealed record ThreadTitle(string Title);

/// <summary>The thread, and the job that answers.</summary>
public sealed record AskedView(Guid Thread, JobView Job);
