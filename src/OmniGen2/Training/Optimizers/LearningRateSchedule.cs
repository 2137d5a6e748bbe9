namespace OmniGen2.Training.Optimizers;

/// <summary>What becomes of the learning rate over a run: it rises evenly, holds, and falls to a floor. A pure function of the step, so resuming needs no state, unless a cool-down by the clock takes the place of the fall.</summary>
public sealed record LearningRateSchedule
{
    public LearningRateShape Shape { get; init; } = LearningRateShape.Constant;

    /// <summary>Steps until the full rate.</summary>
    public long Warmup { get; init; }

    /// <summary>Share of all steps after which the rate falls, unless it is constant.</summary>
    public double DecayFrom { get; init; }

    /// <summary>Share of the full rate that is left at the end.</summary>
    public double Floor { get; init; }

    /// <summary>Share of the full rate in a step.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="steps">Of the whole run.</param>
    /// <param name="cooldownLeft">When the clock decides about the fall instead of the steps: how much of the cool-down is to come, from 1 to 0. The rate follows it evenly.</param>
    public double At(long step, long steps, double? cooldownLeft = null)
    {
        var height = step < Warmup ? (step + 1.0) / Warmup : 1;
        if (cooldownLeft is { } cooling)
        {
            return Math.Min(height, Floor + ((1 - Floor) * cooling));
        }

        if (step < Warmup)
        {
            return height;
        }

        var start = Math.Max(Warmup, DecayFrom * steps);
        var done = steps <= start ? 0 : Math.Clamp((step - start) / (steps - start), 0, 1);
        var left = Shape switch
        {
            LearningRateShape.Linear => 1 - done,
            LearningRateShape.Cosine => (1 + Math.Cos(Math.PI * done)) / 2,
            _ => 1,
        };
        return Floor + ((1 - Floor) * left);
    }
}

public enum LearningRateShape
{
    Constant,
    Linear,
    Cosine,
}
