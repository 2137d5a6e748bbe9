namespace OmniGen2.Training.Flow;

/// <summary>How often a sample is trained without what guidance later leaves out. References go only where the prompt goes too, as when sampling.</summary>
/// <param name="Prompt">Share of samples whose prompt is empty.</param>
/// <param name="References">Share of those that lose their references as well.</param>
public sealed record ConditionDropping(double Prompt, double References)
{
    public static ConditionDropping Original { get; } = new(0.0001, 0.5);

    /// <summary>A tenth without the prompt, 6 % more without anything.</summary>
    public static ConditionDropping Mini { get; } = new(0.16, 0.06 / 0.16);

    /// <param name="first">Even in 0 … 1, decides about the prompt.</param>
    /// <param name="second">Even in 0 … 1, decides about the references.</param>
    public DroppedConditions Draw(double first, double second)
    {
        var prompt = first < Prompt;
        return new DroppedConditions(prompt, prompt && second < References);
    }
}
