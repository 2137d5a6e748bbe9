using static TorchSharp.torch;

namespace OmniGen2.Schedulers;

/// <summary>x + Δt · v.</summary>
public sealed class FlowMatchEuler(IReadOnlyList<double> times) : IScheduler
{
    public IReadOnlyList<double> Times { get; } = times;

    public Tensor Step(int index, Tensor x, Tensor v)
    {
        using var scope = NewDisposeScope();
        var next = Wide.Of(x) + (Wide.Of(v) * (Times[index + 1] - Times[index]));
        return next.to(v.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Nothing: a step needs no other.</summary>
    public IReadOnlyDictionary<string, StateTensor> Save() => new Dictionary<string, StateTensor>();

    public void Restore(IReadOnlyDictionary<string, StateTensor> history)
    {
    }

    public void Dispose()
    {
    }
}
