using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

// K key heads · T places · E head size

/// <summary>Keys and values of one layer in buffers that stay where they are. A token goes to the place that a tensor names; all places are returned, and a mask hides what lies behind that one.</summary>
internal sealed class FixedCache : IKeyValues, IDisposable
{
    private readonly Tensor _keys;     // [1, K, T, E]
    private readonly Tensor _values;
    private readonly Tensor _place;

    /// <param name="like">A cache whose sizes, type and device this one has.</param>
    /// <param name="room">Places.</param>
    /// <param name="place">[1], the place of the next token; the caller's.</param>
    public FixedCache(LayerCache like, int room, Tensor place)
    {
        (_keys, _values) = (like.Empty(room), like.Empty(room));
        _place = place;
    }

    public (Tensor Keys, Tensor Values) Append(Tensor keys, Tensor values)
    {
        _keys.index_copy_(2, _place, keys);
        _values.index_copy_(2, _place, values);
        return (_keys, _values);
    }

    /// <summary>Takes over all tokens of another cache.</summary>
    public void Load(LayerCache from)
    {
        using var scope = NewDisposeScope();
        var (keys, values) = from.Tokens(from.Length);
        _keys.narrow(2, 0, from.Length).copy_(keys);
        _values.narrow(2, 0, from.Length).copy_(values);
    }

    /// <summary>Gives another cache the tokens that follow those that it has.</summary>
    public void Give(LayerCache to, long count)
    {
        using var scope = NewDisposeScope();
        to.Append(_keys.narrow(2, to.Length, count), _values.narrow(2, to.Length, count));
    }

    public void Dispose()
    {
        _keys.Dispose();
        _values.Dispose();
    }
}
