using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Team;

/// <summary>What who looks after the queue does to the jobs of others: it is written down, and their owner is told why.</summary>
public sealed class QueueCare(JobQueue queue, JobOwners owners, Notices notices, AuditLog audit)
{
    public const int LongestReason = 300;

    private const int LongestWords = 60;

    /// <summary>Ends jobs of one person with what there is of them.</summary>
    /// <param name="jobs">At least one.</param>
    /// <param name="reason">For their owner; one that is missing or too long is a <see cref="ModelException"/>.</param>
    /// <returns>How many had not ended already.</returns>
    public async Task<int> Stop(IReadOnlyList<Job> jobs, string reason)
    {
        var why = Check(jobs[0], reason);
        var because = $"Stopped by {Asker.Current.Name}{why}.";
        // From the back, so that no picture begins because the one before it has just ended.
        var stopped = jobs.Reverse().Count(x => queue.Stop(x.Id, because));
        if (stopped > 0)
        {
            await Tell(jobs, AuditAction.JobStopped, "stopped", why);
        }

        return stopped;
    }

    /// <summary>Moves a waiting job and the rest of its batch; refuses like the above. False when it does not wait.</summary>
    public async Task<bool> Move(IReadOnlyList<Job> jobs, JobMove move, string reason, CancellationToken cancellationToken = default)
    {
        var why = Check(jobs[0], reason);
        if (!await queue.Move(jobs[0].Id, move, cancellationToken))
        {
            return false;
        }

        await Tell(jobs, AuditAction.JobMoved, move switch
        {
            JobMove.BeforeAll => "put before the jobs of everybody:",
            JobMove.First => "put first among your jobs:",
            JobMove.Up => "moved up among your jobs:",
            _ => "moved down among your jobs:",
        }, why);
        return true;
    }

    /// <summary>Lets the whole queue stand still or go on.</summary>
    public async Task Halt(bool halt, CancellationToken cancellationToken = default)
    {
        await (halt ? queue.Halt(QueuePart.All, cancellationToken) : queue.Resume(QueuePart.All, cancellationToken));
        await audit.Write(halt ? AuditAction.QueueHalted : AuditAction.QueueResumed, "");
    }

    /// <summary>": the reason" for another's job; nothing for one's own.</summary>
    private static string Check(Job job, string reason)
    {
        Asker.Current.Demand(Permission.ManageQueue);
        reason = reason.Trim().TrimEnd('.');
        if (reason.Length > LongestReason)
        {
            throw new ModelException($"The reason has {reason.Length} characters and may have {LongestReason}: say it shorter.");
        }

        return reason.Length > 0 ? $": {reason}"
            : Asker.Current.Owns(job.Owner) ? ""
            : throw new ModelException("Say why: the owner of the job reads it.");
    }

    private async Task Tell(IReadOnlyList<Job> jobs, AuditAction action, string done, string why)
    {
        var owner = jobs[0].Owner;
        // No words of the owner's: administrators read the log.
        await audit.Write(action, $"{(jobs.Count == 1 ? "one" : $"{jobs.Count}")} of {(owner is null ? "the studio" : owners.NameOf(owner))}{why}");
        if (owner is not null)
        {
            var words = jobs[0].Request.Words;
            words = words.Length <= LongestWords ? words : $"{words[..LongestWords]}…";
            await notices.Tell(owner, NoticeKind.Queue, $"{done} “{words}”{(jobs.Count > 1 ? $", {jobs.Count} pictures" : "")}. {(why.Length > 0 ? $"{char.ToUpperInvariant(why[2])}{why[3..]}." : "")}".TrimEnd(), "queue");
        }
    }
}
