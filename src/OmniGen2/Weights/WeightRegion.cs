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

    private Task _reading = Task.CompletedTask;

    internal WeightRegion(WeightSource source, string prefix)
    {
        _source = source;
        _prefix = prefix;
    }

    /// <summary>Bytes that streaming saves: 0 when nothing of this part lies in a mapped file.</summary>
    public long Length => Ranges.Sum(r => r.Length);

    /// <summary>Whether this part lets go of its weights after use.</summary>
    public bool Streams => _source.Streams;

    // Found on first use, when the model has been built and has asked for all of its parameters.
    private IReadOnlyList<MappedRange> Ranges => _ranges ??= MappedRange.Join(_source.Ranges(_prefix).Select(r => r.Range));

    /// <summary>Begins to read the part from disk on another thread, without waiting for it.</summary>
    public void Prefetch()
    {
        if (Ranges.Count > 0)
        {
            _reading = Task.Run(() => Each(Accelerator.Prefetch));
        }
    }

    /// <summary>Drops the part's pages from memory; the next use reads them again.</summary>
    public void Release()
    {
        // A reader that lagged behind would bring back what is dropped here.
        _reading.GetAwaiter().GetResult();
        Each(Accelerator.Release);
    }

    private void Each(Action<nint, long> act)
    {
        foreach (var range in Ranges)
        {
            act(range.Address, range.Length);
        }
    }
}
