namespace OmniGen2.Web.History;

/// <summary>A message of a thread.</summary>
public sealed class MessageRow
{
    public required Guid Id { get; init; }

    public required Guid ThreadId { get; init; }

    /// <summary>Smaller was said earlier.</summary>
    public required long Place { get; set; }

    public required ChatRole Role { get; init; }

    /// <summary>What was said so far; of an answer in the making, what is safe on disk.</summary>
    public required string Text { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The job that writes or wrote this answer.</summary>
    public Guid? JobId { get; set; }

    /// <summary>The picture that is the answer, or becomes it: the id of its job.</summary>
    public Guid? PictureId { get; set; }

    /// <summary>Why the answer ends early, for the person who asked.</summary>
    public string? Fault { get; set; }
}

/// <summary>A picture that a person put into a message.</summary>
public sealed class MessagePictureRow
{
    public required Guid MessageId { get; init; }

    public required int Position { get; init; }

    public required Guid PictureId { get; init; }
}
