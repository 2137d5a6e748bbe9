using System.Runtime.InteropServices;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Caching;

/// <summary>
/// Memory of one guidance branch from step to step, which may know the outcome of the joint layers without running them. Stands
/// outside the network; only noise tokens are remembered, for only they are read behind the layers.
/// </summary>
internal abstract class BranchCache : IDisposable
{
    public static BranchCache? For(CacheOptions? options, Device device) => options switch
    {
        null => null,
        CacheOptions.TeaCache tea => new TeaCache(tea.Threshold, device),
        CacheOptions.TaylorSeer => new TaylorSeer(device),
        _ => throw new ModelException($"No cache is called '{options.GetType().Name}'."),
    };

    /// <summary>Noise tokens behind the layers, in the current scope; null if the layers must run and their outcome be given to <see cref="Store"/>.</summary>
    /// <param name="place">The step.</param>
    /// <param name="input">Computes what goes into the layers: asked only by a cache that looks at it.</param>
    public abstract Tensor? Foretell(StepPlace place, Func<JointInput> input);

    /// <summary>Learns from a step that was computed: noise tokens before and behind the layers.</summary>
    public abstract void Store(Tensor before, Tensor after);

    public abstract IReadOnlyDictionary<string, StateTensor> Save();

    /// <summary>Takes over what <see cref="Save"/> gave; nothing saved means a fresh start.</summary>
    public abstract void Load(IReadOnlyDictionary<string, StateTensor> saved);

    public void Dispose()
    {
        Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of all tensors and forgets.</summary>
    protected abstract void Clear();

    protected static StateTensor Numbers(params ReadOnlySpan<double> values) =>
        new("F64", [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    protected static double[] Numbers(StateTensor state) => MemoryMarshal.Cast<byte, double>(state.Bytes).ToArray();

    protected static Tensor Restore(StateTensor state, Device device)
    {
        using var scope = torch.NewDisposeScope();
        return state.ToTensor().to(device).DetachFromDisposeScope();
    }
}
