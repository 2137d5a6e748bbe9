namespace OmniGen2.Web.History;

/// <summary>A word that a person put on a picture.</summary>
public sealed class TagRow
{
    public required Guid PictureId { get; init; }

    /// <summary>Small letters, without spaces.</summary>
    public required string Tag { get; init; }
}
