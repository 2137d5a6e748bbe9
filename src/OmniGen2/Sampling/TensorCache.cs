using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>Keeps the tensors of the latest keys, up to a number of entries and bytes; the one not asked for longest goes first.</summary>
internal sealed class TensorCache(int maxEntries, long maxBytes) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = [];
    private long _bytes;

    public int Count => _entries.Count;

    /// <summary>The tensors of a key, made when they are not here. The caller gets handles of his own, in the current scope: eviction does not touch them.</summary>
    public Tensor[] GetOrAdd(string key, Func<Tensor[]> make)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            _byAge.Remove(node);
            _byAge.AddLast(node);
            return Share(node.Value.Tensors);
        }

        Tensor[] made;
        using (NewDisposeScope())
        {
            made = [.. make().Select(t => t.DetachFromDisposeScope())];
        }

        Add(new Entry(key, made, made.Sum(t => t.numel() * t.element_size())));
        return Share(made);
    }

    public void Dispose()
    {
        foreach (var entry in _byAge)
        {
            entry.Free();
        }

        _byAge.Clear();
        _entries.Clear();
    }

    private static Tensor[] Share(Tensor[] tensors) => [.. tensors.Select(t => t.alias())];

    private void Add(Entry entry)
    {
        _entries[entry.Key] = _byAge.AddLast(entry);
        _bytes += entry.Bytes;
        while (_byAge.Count > 1 && (_byAge.Count > maxEntries || _bytes > maxBytes))
        {
            var oldest = _byAge.First!.Value;
            _byAge.RemoveFirst();
            _entries.Remove(oldest.Key);
            _bytes -= oldest.Bytes;
            oldest.Free();
        }
    }

    private sealed record Entry(string Key, Tensor[] Tensors, long Bytes)
    {
        public void Free()
        {
            foreach (var tensor in Tensors)
            {
                tensor.Dispose();
            }
        }
    }
}
