namespace OmniGen2.Web.Jobs;

/// <summary>The queue at one moment.</summary>
public sealed record QueueState(Job? Running, IReadOnlyList<Job> Waiting)
{
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
