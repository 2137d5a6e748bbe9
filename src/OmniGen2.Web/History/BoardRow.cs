namespace OmniGen2.Web.History;

/// <summary>A named collection of pictures.</summary>
public sealed class BoardRow
{
    public required Guid Id { get; init; }

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it went to the trash; its pictures stay.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A picture on a board.</summary>
public sealed class BoardPictureRow
{
    public required Guid BoardId { get; init; }

    public required Guid PictureId { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Who put it there; null where the studio has no accounts.</summary>
    public string? AddedBy { get; init; }
}
