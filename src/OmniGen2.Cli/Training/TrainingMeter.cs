using OmniGen2.Cli.Shell;
using OmniGen2.Training;
using static System.FormattableString;

namespace OmniGen2.Cli.Training;

/// <summary>Makes one line of where a training stands out of its steps.</summary>
/// <param name="kind">What is trained.</param>
/// <param name="steps">Of the whole run.</param>
internal sealed class TrainingMeter(string kind, long steps)
{
    // Long enough to even out a validation, short enough to follow a machine that gets busy.
    private const double WindowSeconds = 60;

    private readonly Queue<TrainingStep> _window = [];

    private readonly Smoothing _loss = new(0.98);

    private double _smoothed;

    private TrainingStep? _last;

    /// <summary>The last step with a validation.</summary>
    public TrainingStep? Validated { get; private set; }

    public void Add(TrainingStep step)
    {
        _last = step;
        _smoothed = _loss.Add(step.Loss);
        Validated = step.Validation is null ? Validated : step;
        _window.Enqueue(step);
        while (_window.Peek().Seconds < step.Seconds - WindowSeconds)
        {
            _window.Dequeue();
        }
    }

    /// <param name="budgetLeft">Null without a budget.</param>
    /// <param name="stateAge">Null before a state was saved.</param>
    /// <param name="withScores">What the last validation said comes at the end, because it may be long.</param>
    public string Text(TimeSpan? budgetLeft, TimeSpan? stateAge, bool withScores)
    {
        if (_last is not { } last)
        {
            return $"train {kind}";
        }

        var parts = new List<string> { Invariant($"train {kind}  step {last.Step}/{steps}") };
        var first = _window.Peek();
        var seconds = last.Seconds - first.Seconds;
        if (seconds > 0)
        {
            parts.Add(Invariant($"{(last.Samples - first.Samples) / seconds:0.0} samples/s"));
        }

        parts.Add(Invariant($"loss {_smoothed:G4}"));
        if (Left(budgetLeft, seconds, last.Step - first.Step) is { } left)
        {
            parts.Add($"{ProgressLine.Duration(left)} left");
        }

        if (stateAge is { } age)
        {
            parts.Add($"saved {ProgressLine.Duration(age)} ago");
        }

        if (withScores && Validated is { Validation: { } scores })
        {
            parts.Add(Invariant($"val {string.Join(' ', scores.Select(s => Invariant($"{s.Key} {s.Value:G4}")))}"));
        }

        return string.Join("  ", parts);
    }

    private TimeSpan? Left(TimeSpan? budgetLeft, double seconds, long taken)
    {
        var bySteps = seconds > 0 ? TimeSpan.FromSeconds((steps - _last!.Step) * seconds / taken) : (TimeSpan?)null;
        return bySteps is null || budgetLeft < bySteps ? budgetLeft : bySteps;
    }
}
