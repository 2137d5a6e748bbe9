using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>Which optimiser moves what, and how fast; a section of a training's JSON file.</summary>
public sealed record OptimizerSettings
{
    public OptimizerKind Kind { get; init; } = OptimizerKind.Muon;

    /// <summary>At its height; the schedule scales it. One rate serves both optimisers.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>Of the matrices.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The optimisers of a network: with Muon, its hidden matrices go to it and all else to AdamW.</summary>
    /// <param name="parameters">All that is trained, by name.</param>
    /// <param name="isHidden">Whether a weight of two or more dimensions lies inside a block, rather than at the network's ends or in its modulation.</param>
    public IReadOnlyList<Optimizer> Create(IReadOnlyDictionary<string, Tensor> parameters, Func<string, bool> isHidden)
    {
        var matrices = parameters.Where(p => p.Value.dim() >= 2 && isHidden(p.Key)).ToDictionary(p => p.Key, p => p.Value);
        var others = parameters.Where(p => !matrices.ContainsKey(p.Key)).ToDictionary(p => p.Key, p => p.Value);
        var (decayed, plain) = (new ParameterGroup(matrices, LearningRate, WeightDecay), new ParameterGroup(others, LearningRate));
        return Kind == OptimizerKind.Muon ? [new Muon([decayed]), new AdamW([plain])] : [new AdamW([decayed, plain])];
    }

    /// <summary>Refuses numbers that no run can have.</summary>
    /// <param name="source">The file or whatever a message shall name.</param>
    public void Check(string source)
    {
        if (LearningRate is not (> 0 and < 1))
        {
            throw new ModelException(FormattableString.Invariant($"{source}: optimizer.learning_rate = {LearningRate} must be above 0 and below 1."));
        }

        if (WeightDecay is not (>= 0 and < 1))
        {
            throw new ModelException(FormattableString.Invariant($"{source}: optimizer.weight_decay = {WeightDecay} must be from 0 to below 1."));
        }
    }
}

/// <summary>How parameters move.</summary>
public enum OptimizerKind
{
    AdamW,
    Muon,
}
