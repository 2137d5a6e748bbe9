namespace OmniGen2.Web.History;

/// <summary>How a promise turned out.</summary>
public enum EstimateOutcome
{
    /// <summary>The job has not ended.</summary>
    Open,

    /// <summary>Ended within the band.</summary>
    Held,

    /// <summary>Ended before the band.</summary>
    Early,

    /// <summary>Ended after the band.</summary>
    Late,

    /// <summary>Says nothing: a person stopped, moved or paused the job, or it failed.</summary>
    Void,
}

/// <summary>What somebody was told about a job when it was taken, and how that turned out. Times are seconds since then.</summary>
public sealed class EstimateRow
{
    /// <summary>The job's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>It overtakes long work.</summary>
    public required bool IsInteractive { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Seconds of the model that it would take.</summary>
    public required double Work { get; init; }

    public required double StartLow { get; init; }

    public required double StartHigh { get; init; }

    /// <summary>The end as calculated, before a band was laid around it.</summary>
    public required double End { get; init; }

    public required double EndLow { get; init; }

    public required double EndHigh { get; init; }

    public EstimateOutcome Outcome { get; set; }

    /// <summary>Seconds of the model that it took; null while it is open.</summary>
    public double? Worked { get; set; }

    /// <summary>When its first quantum began; null when it had none.</summary>
    public double? Started { get; set; }

    public double? Ended { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
