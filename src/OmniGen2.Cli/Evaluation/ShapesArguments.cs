using OmniGen2.Evaluation.Shapes;

namespace OmniGen2.Cli.Evaluation;

/// <summary>What was typed; null where the checkpoint decides.</summary>
internal sealed record ShapesArguments
{
    public required string Model { get; init; }

    /// <summary>Tasks of each ability.</summary>
    public required int Count { get; init; }

    /// <summary>Of the evaluation range.</summary>
    public required long Seed { get; init; }

    public int? Steps { get; init; }

    public SchedulerKind? Scheduler { get; init; }

    public int? Threads { get; init; }

    public required IReadOnlyList<ShapesAbility> Abilities { get; init; }

    /// <summary>Folder for pictures to look at.</summary>
    public string? Sheets { get; init; }

    public ModelPrecision Precision { get; init; }

    public bool IsJsonOnly { get; init; }

    public bool IsQuiet { get; init; }
}
