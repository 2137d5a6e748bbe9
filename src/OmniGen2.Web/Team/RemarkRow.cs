namespace OmniGen2.Web.Team;

/// <summary>What somebody says about a picture, perhaps pinned to a place of it.</summary>
public sealed class RemarkRow
{
    public required Guid Id { get; init; }

    /// <summary>The picture, or the job that becomes it.</summary>
    public required Guid PictureId { get; init; }

    public required string PersonId { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The step that was to be seen then; null when the picture was finished.</summary>
    public int? Step { get; init; }

    /// <summary>The pin, 0 … 1 of the width from the left; null without one.</summary>
    public double? X { get; init; }

    /// <summary>The pin, 0 … 1 of the height from the top.</summary>
    public double? Y { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>What somebody thinks of a picture, in one of a few words.</summary>
public sealed class ReactionRow
{
    public required Guid PictureId { get; init; }

    public required string PersonId { get; init; }

    public required ReactionKind Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum ReactionKind
{
    Good,
    TakeIt,
    TryAgain,
}
