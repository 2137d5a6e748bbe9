using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

// Parameters that are kept in another form than they come in.
public abstract partial class WeightSource
{
    // Numbers. In larger products waking the threads no longer shows.
    private const long LargestJoined = 1 << 20;

    private readonly Dictionary<string, PackedWeight> _packed = [];

    private readonly Dictionary<string, Tensor> _joined = [];

    /// <summary>Everything handed out so far in a byte a weight, by full name.</summary>
    public IReadOnlyDictionary<string, PackedWeight> PackedWeights => _packed;

    /// <summary>Whether weights are as they are for good, so that a copy of them stays true.</summary>
    private protected virtual bool MayJoin => false;

    /// <summary>A parameter in a byte a weight; nothing else is kept of it.</summary>
    internal PackedWeight Packed(string name, BlockWeights kept, Init init, long[] shape)
    {
        if (!_packed.TryGetValue(name, out var weight))
        {
            using var scope = NewDisposeScope();
            var stored = Read(name, init, shape);
            _packed[name] = weight = kept == BlockWeights.Int8 ? Int8Weight.From(stored) : Float8Weight.From(stored.to(Device));
            Loaded(name);
        }

        return weight;
    }

    /// <summary>Weights that never change, small enough that a copy of them costs nothing, one below the other.</summary>
    internal Tensor? Joined(string first, string second)
    {
        if (!MayJoin)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var (above, below) = (Whole(first), Whole(second));
        if (above.numel() + below.numel() > LargestJoined)
        {
            return null;
        }

        if (!_joined.TryGetValue(first, out var joined))
        {
            _joined[first] = joined = cat([above, below], 0).DetachFromDisposeScope();
        }

        return joined;
    }

    private Tensor Whole(string name) => Staged?.Whole(name).to(DType) ?? _parameters[name];
}
