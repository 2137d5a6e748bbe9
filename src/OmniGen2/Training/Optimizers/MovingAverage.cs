using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>An exponential moving average of the parameters, whose memory grows from a few steps to 1 / (1 − decay) of them.</summary>
public sealed class MovingAverage : IDisposable
{
    private readonly IReadOnlyDictionary<string, Tensor> _parameters;

    private readonly double _decay;

    /// <param name="parameters">They stay the caller's.</param>
    /// <param name="decay">Share of the average that stays with a step, once it has warmed up.</param>
    public MovingAverage(IReadOnlyDictionary<string, Tensor> parameters, double decay)
    {
        (_parameters, _decay) = (parameters, decay);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Averages = parameters.ToDictionary(p => p.Key, p => p.Value.detach().clone().DetachFromDisposeScope());
    }

    public IReadOnlyDictionary<string, Tensor> Averages { get; }

    /// <summary>How often it was updated.</summary>
    public long Count { get; private set; }

    /// <summary>Share of the average that stays with update number k, from 0.</summary>
    public static double DecayAt(long k, double decay) => Math.Min((1.0 + k) / (10.0 + k), decay);

    public void Update()
    {
        using var noGrad = no_grad();
        var share = 1 - DecayAt(Count++, _decay);
        foreach (var (name, average) in Averages)
        {
            using var apart = _parameters[name] - average;
            average.add_(apart, share);
        }
    }

    /// <summary>Takes over saved averages; they are copied.</summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> averages, long count)
    {
        ParameterCopy.Into(Averages, averages, "the saved averages");
        Count = count;
    }

    /// <summary>Puts the averages in the parameters' place until disposed; then the parameters are back to the bit.</summary>
    public IDisposable Apply()
    {
        using var scope = NewDisposeScope();
        var kept = _parameters.ToDictionary(p => p.Key, p => p.Value.detach().clone().DetachFromDisposeScope());
        ParameterCopy.Into(_parameters, Averages, "the averages");
        return new Applied(_parameters, kept);
    }

    public void Dispose()
    {
        foreach (var average in Averages.Values)
        {
            average.Dispose();
        }
    }

    private sealed class Applied(IReadOnlyDictionary<string, Tensor> parameters, Dictionary<string, Tensor> kept) : IDisposable
    {
        public void Dispose()
        {
            ParameterCopy.Into(parameters, kept, "the parameters");
            foreach (var tensor in kept.Values)
            {
                tensor.Dispose();
            }
        }
    }
}
