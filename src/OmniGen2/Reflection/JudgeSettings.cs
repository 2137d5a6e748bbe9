namespace OmniGen2.Reflection;

/// <summary>In which words a model is asked for its verdict.</summary>
public enum JudgeForm
{
    /// <summary>Plain English with an answer in JSON, for models that follow instructions.</summary>
    General,

    /// <summary>The one question that checkpoints of the shapes world have learnt; it knows requests for new pictures, not edits.</summary>
    Shapes,

    /// <summary>For the same checkpoints: a description of the picture, which is compared with the request.</summary>
    Caption,
}

/// <summary>How verdicts are asked for and what follows from them; stands beside the weights in `studio.json`, since both depend on the model.</summary>
public sealed record JudgeSettings
{
    public JudgeForm Form { get; init; }

    /// <summary>A picture with this score or more is good enough.</summary>
    public double Pass { get; init; } = 21;

    /// <summary>The best picture so far is edited when it has this score or more, and drawn anew below; above 25 nothing is ever edited.</summary>
    public double EditFrom { get; init; } = 12;

    /// <summary>How many rounds in a row may get no better before the loop ends.</summary>
    public int Patience { get; init; } = 1;
}
