using System.Collections.Immutable;

namespace OmniGen2.Web.Jobs;

/// <summary>The queue at one moment.</summary>
/// <param name="Running">At work now.</param>
/// <param name="Waiting">In the order in which they will run.</param>
public sealed record QueueState(Job? Running, IReadOnlyList<Job> Waiting)
{
    /// <summary>The parts that stand still until somebody lets them go on.</summary>
    public ImmutableHashSet<QueuePart> Halted { get; init; } = [];

    /// <summary>Whether the whole queue stands still.</summary>
    public bool IsHalted => Halted.Contains(QueuePart.All);

    public bool MayRun(Job job) => !IsHalted && !Halted.Contains(QueuePart.Of(job.Owner));

    /// <summary>How many run or wait before this one; null when it does neither.</summary>
    public int? Ahead(Job job)
    {
        if (Running == job)
        {
            return 0;
        }

        for (var i = 0; i < Waiting.Count; i++)
        {
            if (Waiting[i] == job)
            {
                return i + (Running is null ? 0 : 1);
            }
        }

        return null;
    }
}
