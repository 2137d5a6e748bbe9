using OmniGen2.Weights;

namespace OmniGen2.Schedulers;

/// <summary>How steps are spread over time; from scheduler_config.json.</summary>
public sealed record SchedulerConfig
{
    private static readonly string[] Classes = ["FlowMatchEulerDiscreteScheduler", "DPMSolverMultistepScheduler"];

    /// <summary>Shifts by the size of the picture: m = √tokens / 40.</summary>
    public bool DynamicTimeShift { get; init; } = true;

    /// <summary>Ours: a fixed m instead of the dynamic rule; the original has none.</summary>
    public double? TimeShift { get; init; }

    public static SchedulerConfig Load(string path)
    {
        var file = ConfigFile.Load(path).Expect("_class_name", Classes);
        var config = new SchedulerConfig
        {
            DynamicTimeShift = file.Bool("dynamic_time_shift", true),
            TimeShift = file.Has("time_shift") ? file.Double("time_shift") : null,
        };

        return config switch
        {
            { TimeShift: <= 0 } => throw new WeightsException($"{path} has 'time_shift' = {config.TimeShift}; it must be above 0 (1 shifts nothing)."),
            { TimeShift: not null, DynamicTimeShift: true } => throw new WeightsException($"{path} has both 'time_shift' = {config.TimeShift} and 'dynamic_time_shift' = true; set the latter to false."),
            _ => config,
        };
    }

    /// <summary>The times of N steps, t_0 = 0 … t_N = 1, each exactly an fp32 value.</summary>
    /// <param name="steps">N, at least 1.</param>
    /// <param name="latentTokens">Height × width of the latent before patches are made of it; null shifts nothing.</param>
    public double[] Times(int steps, long? latentTokens)
    {
        if (steps < 1)
        {
            throw new ModelException($"{steps} steps were asked for; at least 1 is needed.");
        }

        var times = ExactTimes(steps, latentTokens);
        return [.. times.Select(t => (double)(float)t)];
    }

    /// <summary>Times that somebody chose: rising within 0 … 1, without the final 1, which is added.</summary>
    public static double[] CustomTimes(IReadOnlyList<double> times)
    {
        if (times.Count == 0)
        {
            throw new ModelException("The list of custom times is empty; at least one is needed.");
        }

        double[] rounded = [.. times.Select(t => (double)(float)t), 1];
        for (var i = 0; i < times.Count; i++)
        {
            if (!(rounded[i] >= 0 && rounded[i] < rounded[i + 1]))
            {
                throw new ModelException($"Custom time {i + 1} of {times.Count} is {times[i]}; times must rise from 0 and stay below the next one, {rounded[i + 1]}.");
            }
        }

        return rounded;
    }

    public IScheduler Create(SchedulerKind kind, int steps, long? latentTokens) => Create(kind, Times(steps, latentTokens));

    /// <param name="kind">Which of the two solvers.</param>
    /// <param name="times">As from <see cref="Times"/> or <see cref="CustomTimes"/>.</param>
    public static IScheduler Create(SchedulerKind kind, IReadOnlyList<double> times) => kind switch
    {
        SchedulerKind.Euler => new FlowMatchEuler(times),
        SchedulerKind.DpmSolver => new DpmSolver(times),
        _ => throw new ModelException($"Scheduler '{kind}' is unknown; known: {string.Join(", ", Enum.GetNames<SchedulerKind>())}."),
    };

    // The original rounds i / N to fp32 before it shifts (NumPy 2: the shift itself in fp64); the static shift is ours and rounds once.
    internal double[] ExactTimes(int steps, long? latentTokens)
    {
        var even = Enumerable.Range(0, steps).Select(i => (double)i / steps);
        var times = (TimeShift, DynamicTimeShift && latentTokens is not null) switch
        {
            ({ } m, _) => even.Select(s => Shift(s, m)),
            (_, true) => even.Select(s => Shift((float)s, Math.Sqrt(latentTokens!.Value) / 40)),
            _ => even.Select(s => (double)(float)s),
        };
        return [.. times, 1];
    }

    private static double Shift(double s, double m) => s / (m - (m * s) + s);
}
