namespace OmniGen2.Web.Jobs;

/// <summary>What the worker does next.</summary>
/// <param name="Job">Does a quantum; null when nobody does.</param>
/// <param name="Aside">At work so far; wait again first.</param>
internal sealed record Turn(Job? Job, IReadOnlyList<Job> Aside)
{
    /// <summary>Do a quantum with it, side by side: pictures of the same shape whose turn would be next.</summary>
    public IReadOnlyList<Job> With { get; init; } = [];
}
