namespace OmniGen2.Training.Shapes;

/// <summary>
/// The world's own random numbers (SplitMix64): one stream per seed and index, the same on every machine, thread and version of .NET.
/// Seeds from <see cref="FirstEvaluationSeed"/> on belong to evaluation, so that nothing is ever scored on what it was trained on.
/// </summary>
public sealed class SceneRandom
{
    public const long FirstEvaluationSeed = 900_000;

    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    private SceneRandom(long seed, long index)
    {
        _state = Mix(Mix((ulong)seed + Step) ^ (((ulong)index + 1) * Step));
    }

    public static SceneRandom ForTraining(long seed, long index)
    {
        if (seed is < 0 or >= FirstEvaluationSeed)
        {
            throw new ModelException(
                $"Seed {seed} is not for training: seeds from {FirstEvaluationSeed} on are kept for evaluation. Use 0 to {FirstEvaluationSeed - 1}.");
        }

        return new SceneRandom(seed, index);
    }

    public static SceneRandom ForEvaluation(long seed, long index)
    {
        if (seed < FirstEvaluationSeed)
        {
            throw new ModelException(
                $"Seed {seed} is not for evaluation: seeds below {FirstEvaluationSeed} may have been trained on. Use {FirstEvaluationSeed} or more.");
        }

        return new SceneRandom(seed, index);
    }

    public ulong Next()
    {
        _state += Step;
        return Mix(_state);
    }

    /// <summary>Uniform in 0 ≤ value &lt; 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 ≤ value &lt; count.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Uniform in lowest ≤ value ≤ highest.</summary>
    public int Between(int lowest, int highest) => lowest + Below(highest - lowest + 1);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(params IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An index, each as likely as its weight; weights need not add up to 1.</summary>
    public int Weighted(params IReadOnlyList<double> weights)
    {
        var left = Unit() * weights.Sum();
        for (var index = 0; index < weights.Count; index++)
        {
            left -= weights[index];
            if (left < 0)
            {
                return index;
            }
        }

        return weights.Count - 1;
    }

    /// <summary>The items in random order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
