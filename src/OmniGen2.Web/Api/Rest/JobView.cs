using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>A job as programs see it.</summary>
public sealed record JobView
{
    public required Guid Id { get; init; }

    public required JobKind Kind { get; init; }

    public required JobState State { get; init; }

    /// <summary>What was asked.</summary>
    public required string Words { get; init; }

    /// <summary>The pictures that were asked for together share this.</summary>
    public Guid? Batch { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many run or wait before it; 0 when it runs.</summary>
    public int? Position { get; init; }

    /// <summary>From how many to how many seconds to its end; missing where nobody can say.</summary>
    public SecondsView? Eta { get; init; }

    /// <summary>What it does right now.</summary>
    public Jobs.JobPhase? Phase { get; init; }

    public int? Step { get; init; }

    public int? Steps { get; init; }

    public double? StepsPerSecond { get; init; }

    /// <summary>Where the unfinished picture can be seen; another address whenever there is something new.</summary>
    public string? Preview { get; init; }

    /// <summary>What came of it.</summary>
    public Guid? PictureId { get; init; }

    /// <summary>Where that lies.</summary>
    public string? Picture { get; init; }

    /// <summary>An answer, as far as it is written.</summary>
    public string? Text { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Message { get; init; }
}

public sealed record SecondsView(double Low, double High);

/// <summary>A page of jobs, the newest first.</summary>
/// <param name="Jobs">At most as many as asked for.</param>
/// <param name="Next">The cursor of the next page; missing on the last.</param>
public sealed record JobPage(IReadOnlyList<JobView> Jobs, string? Next);

/// <summary>The jobs of a request that was taken.</summary>
public sealed record TakenJobs(IReadOnlyList<JobView> Jobs);
