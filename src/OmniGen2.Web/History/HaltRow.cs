namespace OmniGen2.Web.History;

/// <summary>A part of the queue that stands still until somebody lets it go on.</summary>
public sealed class HaltRow
{
    /// <summary>Which part: the queue's own name for it.</summary>
    public required string Part { get; init; }

    public required DateTimeOffset Since { get; init; }
}
