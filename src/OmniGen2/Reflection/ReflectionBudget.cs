namespace OmniGen2.Reflection;

/// <summary>How much a picture that checks itself may take.</summary>
public sealed record ReflectionBudget
{
    public const int MaxRounds = 8;

    public const int MaxSeconds = 3_600;

    /// <summary>Pictures at the most, the first included.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>No round is begun that would not fit, to judge by those before it.</summary>
    public int Seconds { get; init; } = 300;

    /// <summary>Numbers that cannot be are a <see cref="ModelException"/>.</summary>
    public void Check()
    {
        if (Rounds is < 1 or > MaxRounds)
        {
            throw new ModelException($"{Rounds} rounds were asked for: ask for 1 to {MaxRounds}.");
        }

        if (Seconds is < 1 or > MaxSeconds)
        {
            throw new ModelException($"{Seconds} seconds were given for the rounds: give 1 to {MaxSeconds}.");
        }
    }
}
