using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>Parameters to train from scratch: drawn from a seed, recording gradients. A parameter's numbers depend on the seed and its name, not on the order of construction.</summary>
public sealed class FreshSource : WeightSource
{
    private readonly long _seed;

    public FreshSource(long seed, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(dtype, device)
    {
        _seed = seed;
    }

    public override string Description => "the freshly initialised model";

    public override bool Has(string name) => false;

    public override long[]? ShapeOf(string name) => Parameters.TryGetValue(name, out var tensor) ? tensor.shape : null;

    // Drawn in fp32 on the CPU, so that every type and device starts from the same numbers.
    internal override Tensor Read(string name, Init init, long[] shape)
    {
        using var generator = new Generator(Mix(_seed, name), CPU);
        return init.Kind switch
        {
            InitKind.Constant => full(shape, init.Scale, dtype: ScalarType.Float32),
            InitKind.Normal => randn(shape, dtype: ScalarType.Float32, generator: generator) * init.Scale,
            InitKind.FanIn => randn(shape, dtype: ScalarType.Float32, generator: generator) * (init.Scale / Math.Sqrt(Inputs(shape))),
            _ => ((rand(shape, dtype: ScalarType.Float32, generator: generator) * 2) - 1) * (init.Scale * Math.Sqrt(6.0 / (Inputs(shape) + Outputs(shape)))),
        };
    }

    protected override Tensor Finish(Tensor stored) => base.Finish(stored).requires_grad_();

    private static long Inputs(long[] shape) => Math.Max(1, shape.Skip(1).Aggregate(1L, (a, b) => a * b));

    private static long Outputs(long[] shape) => shape.Length == 0 ? 1 : shape[0] * Math.Max(1, shape.Skip(2).Aggregate(1L, (a, b) => a * b));

    // FNV-1a over the name, begun from the seed: stable across processes, which string.GetHashCode is not.
    private static ulong Mix(long seed, string name)
    {
        var hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }
}
