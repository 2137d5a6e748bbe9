namespace OmniGen2.Web.History;

/// <summary>Where a finished picture comes from: what neither its pixels nor its parameters say.</summary>
/// <param name="Id">The id of the job that made it, or one of its own.</param>
/// <param name="Kind">How it came to be.</param>
public sealed record PictureOrigin(Guid Id, PictureKind Kind)
{
    public Guid? Batch { get; init; }

    /// <summary>The pictures that it was made from, in order.</summary>
    public IReadOnlyList<Guid> Parents { get; init; } = [];

    public string? Owner { get; init; }

    /// <summary>Time spent on it.</summary>
    public TimeSpan Duration { get; init; }
}
