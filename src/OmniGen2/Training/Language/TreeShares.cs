namespace OmniGen2.Training.Language;

/// <summary>How often each kind of tree is drawn; numbers of any sum.</summary>
public sealed record TreeShares
{
    /// <summary>One picture with questions, judgements and edits.</summary>
    public double Picture { get; init; } = .72;

    /// <summary>Prompts without a picture, in the form for drawing and in that of a chat.</summary>
    public double Text { get; init; } = .2;

    /// <summary>One to three references with a wish.</summary>
    public double Compose { get; init; } = .08;

    internal IReadOnlyList<(string Name, double Value)> Weights => [("picture", Picture), ("text", Text), ("compose", Compose)];
}
