namespace OmniGen2.Web.Team;

/// <summary>Something that a person may want to know; quiet until they look.</summary>
public sealed class NoticeRow
{
    public required Guid Id { get; init; }

    /// <summary>Who is told.</summary>
    public required string PersonId { get; init; }

    /// <summary>Who did it; null for the studio itself.</summary>
    public string? FromId { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>What happened, as a sentence without the name of who did it.</summary>
    public required string Text { get; init; }

    /// <summary>Where it can be seen, from the studio's root; null for nowhere.</summary>
    public string? Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}

public enum NoticeKind
{
    Shared,
    Remark,
    Mention,
    SignUp,
    Queue,
}
