using System.Globalization;
using OmniGen2.Training.Optimizers;

namespace OmniGen2.Training;

/// <summary>How to train, whatever is trained; a section of a training's JSON file.</summary>
public sealed record TrainingSettings
{
    /// <summary>Steps of the optimiser in all.</summary>
    public required long Steps { get; init; }

    /// <summary>Batches whose gradients make one step.</summary>
    public int Accumulation { get; init; } = 1;

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Fp32;

    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Longest gradient; longer ones are shortened.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Decay of the averaged weights; 0 keeps none.</summary>
    public double AverageDecay { get; init; }

    /// <summary>Minutes between two saved states, the most that a crash costs.</summary>
    public double SaveMinutes { get; init; } = 3;

    /// <summary>Steps between two validations; 0 never validates.</summary>
    public long ValidateSteps { get; init; }

    /// <summary>Batches made ahead, each on a thread of its own.</summary>
    public int LoadAhead { get; init; } = 2;

    /// <summary>Refuses numbers that no run can have.</summary>
    /// <param name="source">The file or whatever a message shall name.</param>
    public void Check(string source)
    {
        var rules = new (bool Holds, FormattableString Fault)[]
        {
            (Steps >= 1, $"steps = {Steps} must be at least 1"),
            (Accumulation >= 1, $"accumulation = {Accumulation} must be at least 1"),
            (Clip > 0, $"clip = {Clip} must be above 0"),
            (AverageDecay is >= 0 and < 1, $"average_decay = {AverageDecay} must be from 0 to below 1"),
            (SaveMinutes > 0, $"save_minutes = {SaveMinutes} must be above 0"),
            (ValidateSteps >= 0, $"validate_steps = {ValidateSteps} must not be negative"),
            (LoadAhead is >= 1 and <= 64, $"load_ahead = {LoadAhead} must be from 1 to 64"),
            (Schedule.Warmup >= 0 && Schedule.Warmup <= Steps, $"schedule.warmup = {Schedule.Warmup} must be from 0 to steps = {Steps}"),
            (Schedule.DecayFrom is >= 0 and <= 1, $"schedule.decay_from = {Schedule.DecayFrom} must be from 0 to 1"),
            (Schedule.Floor is >= 0 and <= 1, $"schedule.floor = {Schedule.Floor} must be from 0 to 1"),
        };
        foreach (var (_, fault) in rules.Where(r => !r.Holds))
        {
            throw new ModelException($"{source}: {fault.ToString(CultureInfo.InvariantCulture)}.");
        }
    }
}
