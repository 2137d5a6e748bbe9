namespace OmniGen2.Web.Jobs;

/// <summary>What the worker does next.</summary>
/// <param name="Job">Does a quantum; null when nobody does.</param>
/// <param name="Aside">At work so far; wait again first.</param>
internal sealed record Turn(Job? Job, IReadOnlyList<Job> Aside);
