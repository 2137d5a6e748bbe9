using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>How often a picture is followed by each kind of message; numbers of any sum.</summary>
public sealed record QuestionShares
{
    public double Caption { get; init; } = .14;

    public double Count { get; init; } = .08;

    public double Colour { get; init; } = .09;

    public double Shape { get; init; } = .09;

    public double Where { get; init; } = .09;

    public double YesNo { get; init; } = .14;

    public double Background { get; init; } = .03;

    public double Pattern { get; init; } = .06;

    public double Relation { get; init; } = .08;

    public double Judge { get; init; } = .16;

    /// <summary>Instructions that the picture model carries out.</summary>
    public double Edit { get; init; } = .04;

    /// <summary>In the order of <see cref="QuestionKind"/>, then judgements, then edits.</summary>
    internal IReadOnlyList<(string Name, double Value)> Weights =>
    [
        ("caption", Caption), ("count", Count), ("colour", Colour), ("shape", Shape), ("where", Where), ("yes_no", YesNo),
        ("background", Background), ("pattern", Pattern), ("relation", Relation), ("judge", Judge), ("edit", Edit),
    ];
}
