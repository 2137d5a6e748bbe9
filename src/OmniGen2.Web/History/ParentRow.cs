namespace OmniGen2.Web.History;

/// <summary>An edge of the tree: one of the pictures that a picture was made from.</summary>
public sealed class ParentRow
{
    public required Guid PictureId { get; init; }

    /// <summary>0 is the first image.</summary>
    public required int Position { get; init; }

    /// <summary>May name a picture that is no longer there.</summary>
    public required Guid ParentId { get; init; }
}
