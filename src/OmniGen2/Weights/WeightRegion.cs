using TorchSharp;

namespace OmniGen2.Weights;

/// <summary>
/// The parameters of one part of a model, as a piece of the mapped file: read ahead before it runs, let go of after it has run.
/// So a model larger than memory is computed layer by layer. Parameters that are copies (converted, on a GPU, changed by a LoRA) are not touched.
/// </summary>
public sealed class WeightRegion
{
    private readonly WeightSource _source;

    private readonly string _prefix;

    private IReadOnlyList<MappedRange>? _ranges;

    internal WeightRegion(WeightSource source, string prefix)
    {
        _source = source;
        _prefix = prefix;
    }

    /// <summary>Bytes that streaming saves: 0 when nothing of this part lies in a mapped file.</summary>
    public long Length => Ranges.Sum(r => r.Length);

    // Found on first use, when the model has been built and has asked for all of its parameters.
    private IReadOnlyList<MappedRange> Ranges => _ranges ??= MappedRange.Join(_source.Ranges(_prefix).Select(r => r.Range));

    /// <summary>Begins to read the part from disk, without waiting for it.</summary>
    public void Prefetch()
    {
        foreach (var range in Ranges)
        {
            Accelerator.Prefetch(range.Address, range.Length);
        }
    }

    /// <summary>Drops the part's pages from memory; the next use reads them again.</summary>
    public void Release()
    {
        foreach (var range in Ranges)
        {
            Accelerator.Release(range.Address, range.Length);
        }
    }
}
