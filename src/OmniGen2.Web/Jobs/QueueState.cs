using System.Collections.Immutable;

namespace OmniGen2.Web.Jobs;

/// <summary>The queue at one moment.</summary>
/// <param name="AtWork">Begun and taking turns at the model, quantum by quantum.</param>
/// <param name="Waiting">In the order in which they will begin, as far as can be said.</param>
public sealed record QueueState(IReadOnlyList<Job> AtWork, IReadOnlyList<Job> Waiting)
{
    public static QueueState Empty { get; } = new([], []);

    /// <summary>The parts that stand still until somebody lets them go on.</summary>
    public ImmutableHashSet<QueuePart> Halted { get; init; } = [];

    /// <summary>The one at work that came first; null when none is.</summary>
    public Job? Running => AtWork.Count > 0 ? AtWork[0] : null;

    /// <summary>Whether the whole queue stands still.</summary>
    public bool IsHalted => Halted.Contains(QueuePart.All);

    /// <summary>What a person has in the queue.</summary>
    public IReadOnlyList<Job> Of(string? owner) => [.. AtWork.Concat(Waiting).Where(x => x.Owner == owner)];

    public bool MayRun(Job job) => QueuePart.MayRun(Halted, job.Owner);

    public bool IsAtWork(Job job) => AtWork.Contains(job);

    /// <summary>How many are at work or wait before this one; null when it does neither.</summary>
    public int? Ahead(Job job)
    {
        if (IsAtWork(job))
        {
            return 0;
        }

        for (var i = 0; i < Waiting.Count; i++)
        {
            if (Waiting[i] == job)
            {
                return i + AtWork.Count;
            }
        }

        return null;
    }
}
