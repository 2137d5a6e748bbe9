namespace OmniGen2.Training;

/// <summary>How long a run may take, and the last part of that time, in which it cools down.</summary>
/// <param name="Time">After it the run saves its state and ends.</param>
public sealed record TrainingBudget(TimeSpan Time)
{
    /// <summary>
    /// Over this last part of the time the learning rate falls evenly to the schedule's floor, and no longer by steps; zero leaves the fall to the steps.
    /// No two runs take the same time, so one that cools down by the clock cannot be repeated to the bit.
    /// </summary>
    public TimeSpan Cooldown { get; init; }

    public static implicit operator TrainingBudget(TimeSpan time) => new(time);

    /// <summary>How much of the cool-down is to come after so much time, from 1 to 0; null without one.</summary>
    public double? CooldownLeft(TimeSpan spent) => Cooldown > TimeSpan.Zero ? Math.Clamp((Time - spent) / Cooldown, 0, 1) : null;
}
