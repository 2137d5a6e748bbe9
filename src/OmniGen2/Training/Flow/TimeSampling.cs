using static TorchSharp.torch;

namespace OmniGen2.Training.Flow;

/// <summary>Which times 0 (noise) … 1 (image) are trained: a mixture of sigmoids of normal numbers, then a shift.</summary>
public sealed record TimeSampling
{
    /// <summary>As the original trains: sigmoid(N(0, 1)), shifted by size.</summary>
    public static TimeSampling Original { get; } = new() { Mixture = [new LogitNormal(1, 0, 1)], Shift = new TimeShift.Dynamic() };

    /// <summary>For small smooth pictures, whose layout is decided below t = 0.1.</summary>
    public static TimeSampling Mini { get; } = new() { Mixture = [new LogitNormal(0.65, -2.4, 1.1), new LogitNormal(0.35, 0, 1.2)] };

    public required IReadOnlyList<LogitNormal> Mixture { get; init; }

    public TimeShift Shift { get; init; } = TimeShift.None;

    /// <summary>
    /// Later times become this one. A time that comes once in a hundred batches is learnt by steps that overshoot, and ends up worse than if it
    /// never came: the embedding of one time says little about the next. What no sampler visits is better left out.
    /// </summary>
    public double Latest { get; init; } = 1;

    /// <summary>Times [count] in fp32 on the CPU, rounded to bf16: the network sees them so when it samples, and nothing else may be computed from finer ones.</summary>
    public Tensor Draw(long count, long tokens, Generator generator)
    {
        using var scope = NewDisposeScope();
        var normal = randn([count], dtype: ScalarType.Float64, generator: generator).data<double>().ToArray();
        var choice = rand([count], dtype: ScalarType.Float64, generator: generator).data<double>().ToArray();
        var times = normal.Zip(choice, (n, c) => Math.Min(Latest, Shift.Apply(Choose(c).Time(n), tokens))).ToArray();
        return tensor(times).to(ScalarType.BFloat16).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    private LogitNormal Choose(double share)
    {
        var left = share * Mixture.Sum(m => m.Share);
        foreach (var part in Mixture)
        {
            left -= part.Share;
            if (left < 0)
            {
                return part;
            }
        }

        return Mixture[^1];
    }
}
