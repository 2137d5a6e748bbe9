namespace OmniGen2.Web.History;

/// <summary>Settings, or words of a style, that a person saved under a name.</summary>
public sealed class PresetRow
{
    public required Guid Id { get; init; }

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    public required PresetKind Kind { get; init; }

    public required string Name { get; set; }

    /// <summary>What it holds, as JSON.</summary>
    public required string Content { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum PresetKind
{
    Settings,
    Style,
}
