using System.Collections.Immutable;

namespace OmniGen2.Web.Jobs;

/// <summary>What can be halted: the whole queue, or the jobs of one person.</summary>
/// <param name="Name">As it is written down.</param>
public sealed record QueuePart(string Name)
{
    public static QueuePart All { get; } = new("all");

    /// <param name="owner">Null: the jobs that belong to nobody, which without accounts is all of them.</param>
    public static QueuePart Of(string? owner) => new($"of {owner}");

    /// <summary>Whether the jobs of a person may run. Asked for every quantum, and nearly always nothing is halted.</summary>
    public static bool MayRun(ImmutableHashSet<QueuePart> halted, string? owner) => halted.IsEmpty || (!halted.Contains(All) && !halted.Contains(Of(owner)));
}
