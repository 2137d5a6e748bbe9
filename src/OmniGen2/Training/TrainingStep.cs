namespace OmniGen2.Training;

/// <summary>What one step of the optimiser did; a line of the log.</summary>
public sealed record TrainingStep
{
    /// <summary>Steps taken, this one included.</summary>
    public required long Step { get; init; }

    /// <summary>Samples seen, those of earlier runs included.</summary>
    public required long Samples { get; init; }

    public required double Loss { get; init; }

    /// <summary>Share of the full learning rate.</summary>
    public required double Rate { get; init; }

    /// <summary>Length of the gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Time spent, that of earlier runs included.</summary>
    public required double Seconds { get; init; }

    /// <summary>What validation said, if it was this step's turn.</summary>
    public IReadOnlyDictionary<string, double>? Validation { get; init; }
}
