namespace OmniGen2.Web.History;

/// <summary>A conversation.</summary>
public sealed class ThreadRow
{
    public required Guid Id { get; init; }

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    public required string Title { get; set; }

    /// <summary>A person chose the title, so it no longer follows the first message.</summary>
    public bool IsNamed { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something was last said.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it went to the trash; null while it is not there.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
