using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>What of the queue is open to who asks: what is one's own, and what others share.</summary>
/// <param name="shared">The jobs of others that who asks may see.</param>
public sealed class JobSight(IReadOnlySet<Guid> shared)
{
    public bool Sees(Job job) => Asker.Current.Owns(job.Owner) || shared.Contains(job.Id);

    /// <summary>What was asked; of what is not shared only that it is private.</summary>
    public string WordsOf(Job job) => Sees(job) ? job.Request.Words : Job.PrivateWords;

    /// <summary>Where it can be watched; null for what is private, and for answers.</summary>
    public string? AddressOf(Job job) => (job.Picture, Sees(job)) switch
    {
        (null, _) or (_, false) => null,
        _ => Asker.Current.Owns(job.Owner) ? $"pictures/{job.Id}" : $"watch/{job.Id}",
    };
}
