namespace OmniGen2.Training;

/// <summary>What a saved state is besides its tensors: its state.json.</summary>
public sealed record TrainingState
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required long Step { get; init; }

    public required long Samples { get; init; }

    public required double Seconds { get; init; }

    /// <summary>How often the averages were updated.</summary>
    public long AverageCount { get; init; }

    /// <summary>The file beside this one that holds the tensors.</summary>
    public required string Tensors { get; init; }
}
