namespace OmniGen2.Web.History;

/// <summary>What kind of work a job is.</summary>
public enum JobKind
{
    Picture,

    /// <summary>The next message of a thread.</summary>
    Answer,

    /// <summary>A picture that checks itself: its rounds are pictures of their own, the first under the job's id.</summary>
    Reflection,
}

public enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Stopped,

    /// <summary>Ended the process again and again at the same place: kept, not run again by itself.</summary>
    Parked,
}

/// <summary>A job as it outlives the process.</summary>
public sealed class JobRow
{
    /// <summary>Also the id of the picture that comes of it, so that no job can be finished twice.</summary>
    public required Guid Id { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    /// <summary>Smaller runs earlier.</summary>
    public required long Place { get; set; }

    public JobState State { get; set; }

    /// <summary>The pictures that were asked for together share this; null for a single one.</summary>
    public Guid? Batch { get; init; }

    /// <summary>The whole request as JSON.</summary>
    public required string Request { get; init; }

    /// <summary>What the program that asked calls this request, so that sending it twice asks once.</summary>
    public string? Key { get; init; }

    /// <summary>Of the request as it was sent under <see cref="Key"/>.</summary>
    public string? KeySha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Time spent on it, over all its runs.</summary>
    public double WorkMilliseconds { get; set; }

    /// <summary>The quantum during which the process last ended unasked.</summary>
    public int? CrashedAt { get; set; }

    /// <summary>How often in a row it ended there.</summary>
    public int Crashes { get; set; }

    /// <summary>What was answered, where no thread keeps it; for a time (<see cref="AnswerStore.Sweep"/>).</summary>
    public string? Answer { get; set; }

    /// <summary>Why it ended as it did, for the person who asked.</summary>
    public string? Message { get; set; }
}
