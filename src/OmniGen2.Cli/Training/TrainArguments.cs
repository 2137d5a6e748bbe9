using OmniGen2.Training;

namespace OmniGen2.Cli.Training;

/// <summary>What was typed after <c>train KIND</c>.</summary>
internal sealed record TrainArguments
{
    public required string Config { get; init; }

    public required string Out { get; init; }

    /// <summary>Folder of the run to go on with.</summary>
    public string? Resume { get; init; }

    public TrainingBudget? Budget { get; init; }

    /// <summary>Between two lots of contact sheets.</summary>
    public required TimeSpan SheetsEvery { get; init; }

    public int? Threads { get; init; }

    public bool IsQuiet { get; init; }
}
