using OmniGen2.Caching;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>What a session keeps of one guidance branch.</summary>
internal sealed class SessionBranch(GuidanceBranch branch, Tensor context, Rotary rotary, BranchCache? cache) : IDisposable
{
    public string Name => branch.Name;

    public bool SeesReferences => branch.SeesReferences;

    /// <summary>[1, T, D].</summary>
    public Tensor Context => context;

    /// <summary>Angles of the joint sequence.</summary>
    public Rotary Rotary => rotary;

    public BranchCache? Cache => cache;

    private string Prefix => $"cache.{Name}.";

    public IEnumerable<KeyValuePair<string, StateTensor>> Save() =>
        cache is null ? [] : cache.Save().Select(pair => KeyValuePair.Create(Prefix + pair.Key, pair.Value));

    public void Load(IReadOnlyDictionary<string, StateTensor> saved) =>
        cache?.Load(saved.Where(p => p.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(p => p.Key[Prefix.Length..], p => p.Value));

    /// <summary>Takes the tensors out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public void Detach()
    {
        context.DetachFromDisposeScope();
        rotary.Detach();
    }

    public void Dispose()
    {
        context.Dispose();
        rotary.Dispose();
        cache?.Dispose();
    }
}
