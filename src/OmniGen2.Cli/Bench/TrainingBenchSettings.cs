using OmniGen2.Training;

namespace OmniGen2.Cli.Bench;

/// <summary>Which training step is measured, and how often.</summary>
internal sealed record TrainingBenchSettings
{
    /// <summary>Folder of the checkpoint whose transformer is trained; it stays as it is.</summary>
    public required string Model { get; init; }

    public TrainingPrecision Precision { get; init; }

    public required int Threads { get; init; }

    public required int Batch { get; init; }

    public required int TextTokens { get; init; }

    /// <summary>Reference pictures of every sample.</summary>
    public int References { get; init; }

    /// <summary>Sides of all pictures in pixels.</summary>
    public required int Size { get; init; }

    public required int Repeats { get; init; }

    /// <summary>Takes one more step and says which operators it spent its time in.</summary>
    public bool Profiles { get; init; }

    public CancellationToken Stop { get; init; }
}
