using OmniGen2.Reflection;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>What one prompt came to with reflection; its first round is what it comes to without.</summary>
public sealed record ReflectedTask
{
    /// <summary>How many objects a prompt has, or what an edit does.</summary>
    public required string Kind { get; init; }

    public required IReadOnlyList<DrawnRound> Rounds { get; init; }

    /// <summary>Number of the round that was chosen, from 1.</summary>
    public required int Best { get; init; }

    public required ReflectionEnd End { get; init; }

    /// <summary>Drawing and judging.</summary>
    public required double Seconds { get; init; }

    public bool IsRightWithout => Rounds[0].IsRight;

    public bool IsRight => Rounds[Best - 1].IsRight;
}

/// <summary>A round's picture, what the judge thought of it and what is so.</summary>
/// <param name="Picture">What was drawn.</param>
/// <param name="Passes">The judge finds it good enough.</param>
/// <param name="IsRight">In the strict sense of <see cref="Scores"/>.</param>
/// <param name="Seconds">Drawing alone.</param>
public sealed record DrawnRound(RgbImage Picture, bool Passes, bool IsRight, double Seconds);
