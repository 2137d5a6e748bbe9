using OmniGen2.Weights.Staging;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>
/// The parameters of one part of a model, as a piece of the mapped file: read ahead before it runs, let go of after it has run. So a model larger than
/// memory is computed layer by layer. Parameters that are copies (converted, changed by a LoRA) are not touched. Those that wait for a device are not
/// there at all but for the part's turn in a <see cref="WeightStream"/>.
/// </summary>
public sealed class WeightRegion
{
    private readonly WeightSource _source;

    private readonly IReadOnlyList<string> _prefixes;

    private readonly int _pieces;

    private IReadOnlyList<IReadOnlyList<MappedRange>>? _ranges;

    private StagedSet? _staged;

    private Task _reading = Task.CompletedTask;

    internal WeightRegion(WeightSource source, IReadOnlyList<string> prefixes, int pieces = 1)
    {
        (_source, _prefixes, _pieces) = (source, prefixes, pieces);
        source.Staged?.Divide(prefixes, pieces);
    }

    /// <summary>Bytes that streaming saves: 0 when nothing of this part lies in a mapped file.</summary>
    public long Length => Ranges.SelectMany(r => r).Sum(r => r.Length);

    /// <summary>Whether this part lets go of its weights after use.</summary>
    public bool Streams => _source.Streams;

    /// <summary>Brings the part to the device for its turn; null where the parameters need not be brought.</summary>
    internal WeightStager? Stager => Streams ? _source.Staged?.Stager : null;

    internal StagedSet Staged => _staged ??= _source.Staged!.Below(_prefixes);

    // Found on first use, when the model has been built and has asked for all of its parameters.
    private IReadOnlyList<IReadOnlyList<MappedRange>> Ranges => _ranges ??=
        [.. _prefixes.Select(prefix => MappedRange.Join(_source.Ranges(prefix).Select(r => r.Range))).Where(joined => joined.Count > 0)];

    /// <summary>Begins to read the part from disk on other threads, without waiting for it.</summary>
    public void Prefetch()
    {
        if (Ranges.Count > 0)
        {
            _reading = Task.WhenAll(Ranges.Select(ranges => Task.Run(() => Each(ranges, Accelerator.Prefetch))));
        }
    }

    /// <summary>Drops the part's pages from memory; the next use reads them again.</summary>
    public void Release()
    {
        // A reader that lagged behind would bring back what is dropped here.
        _reading.GetAwaiter().GetResult();
        foreach (var ranges in Ranges)
        {
            Each(ranges, Accelerator.Release);
        }
    }

    /// <summary>Rows of a table that is not brought to the device; null where the table itself can be used.</summary>
    internal Tensor? Rows(Tensor ids) => Stager is null ? null : _source.Staged!.Rows(_prefixes[0], ids);

    /// <summary>Uses a table piece by piece, each there for its turn only.</summary>
    /// <param name="table">The whole of it, for where it is there.</param>
    /// <param name="use">Gets rows.</param>
    internal IReadOnlyList<Tensor> InRows(Tensor table, Func<Tensor, Tensor> use)
    {
        var results = new List<Tensor>();
        if (Stager is { } stager)
        {
            var pieces = _source.Staged!.InRows(_prefixes[0], _pieces);
            stager.Walk(pieces, i => results.Add(use(pieces[i].Parameters.Single().OnDevice)));
            return results;
        }

        foreach (var rows in table.chunk(_pieces, 0))
        {
            results.Add(use(rows));
            Release();
        }

        return results;
    }

    private static void Each(IReadOnlyList<MappedRange> ranges, Action<nint, long> act)
    {
        foreach (var range in ranges)
        {
            act(range.Address, range.Length);
        }
    }
}
