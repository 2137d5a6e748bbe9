using OmniGen2.Reflection;

namespace OmniGen2.Cli.Evaluation;

/// <summary>What was typed; null where the checkpoint decides.</summary>
internal sealed record ReflectionArguments
{
    public required string Model { get; init; }

    /// <summary>Checkpoint whose language model judges; null: the one that draws.</summary>
    public string? Judge { get; init; }

    public required int Count { get; init; }

    /// <summary>Edits instead of prompts.</summary>
    public bool OfEdits { get; init; }

    /// <summary>Of the evaluation range.</summary>
    public required long Seed { get; init; }

    public int? Steps { get; init; }

    public int? Threads { get; init; }

    public required ReflectionBudget Budget { get; init; }

    public JudgeForm? Form { get; init; }

    public double? Pass { get; init; }

    public double? EditFrom { get; init; }

    public int? Patience { get; init; }

    public ModelPrecision Precision { get; init; }

    public bool IsJsonOnly { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>The checkpoint's own settings, changed as typed.</summary>
    public JudgeSettings Settings(JudgeSettings own) => own with
    {
        Form = Form ?? own.Form,
        Pass = Pass ?? own.Pass,
        EditFrom = EditFrom ?? own.EditFrom,
        Patience = Patience ?? own.Patience,
    };
}
