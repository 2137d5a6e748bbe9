using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>Keys and values of one layer, in buffers with room for what is still to come; a token is written in place and nothing else is copied.</summary>
internal sealed class LayerCache(int room) : IKeyValues, IDisposable
{
    private Tensor? _keys;      // [B, K, room, E]
    private Tensor? _values;

    public long Length { get; private set; }

    /// <summary>Memory that is held, room for what is still to come included.</summary>
    public long Bytes => Size(_keys) + Size(_values);

    /// <summary>A cache of its own that begins with the first tokens of another.</summary>
    public static LayerCache From(LayerCache known, long length, int room)
    {
        var cache = new LayerCache(room);
        using var scope = NewDisposeScope();
        var (keys, values) = known.Tokens(length);
        cache.Append(keys, values);
        return cache;
    }

    /// <summary>The first tokens; views in the current scope.</summary>
    public (Tensor Keys, Tensor Values) Tokens(long length) => (_keys!.narrow(2, 0, length), _values!.narrow(2, 0, length));

    /// <summary>A buffer of zeros for so many tokens, outside of all scopes; of the sizes that this cache's have.</summary>
    public Tensor Empty(long tokens) =>
        zeros([_keys!.shape[0], _keys.shape[1], tokens, _keys.shape[3]], dtype: _keys.dtype, device: _keys.device).DetachFromDisposeScope();

    /// <summary>Writes the tokens behind those already there and returns all of them, as views that the next call may overwrite.</summary>
    public (Tensor Keys, Tensor Values) Append(Tensor keys, Tensor values)
    {
        var (start, count) = (Length, keys.shape[2]);
        Length += count;
        return (Write(ref _keys, keys), Write(ref _values, values));

        Tensor Write(ref Tensor? buffer, Tensor tokens)
        {
            MakeRoom(ref buffer, tokens, start);
            buffer!.narrow(2, start, count).copy_(tokens);
            return buffer.narrow(2, 0, Length);
        }
    }

    /// <summary>Forgets all but the first tokens.</summary>
    public void Truncate(long length) => Length = Math.Min(Length, length);

    public void Dispose()
    {
        _keys?.Dispose();
        _values?.Dispose();
    }

    private static long Size(Tensor? buffer) => buffer is null ? 0 : buffer.numel() * buffer.element_size();

    private void MakeRoom(ref Tensor? buffer, Tensor tokens, long filled)
    {
        if (buffer is not null && Length <= buffer.shape[2])
        {
            return;
        }
        var capacity = buffer is null ? Length + room : Math.Max(Length, 2 * buffer.shape[2]);
        var larger = empty([tokens.shape[0], tokens.shape[1], capacity, tokens.shape[3]], dtype: tokens.dtype, device: tokens.device).DetachFromDisposeScope();
        if (buffer is not null)
        {
            using var kept = buffer.narrow(2, 0, filled);
            using var target = larger.narrow(2, 0, filled);
            target.copy_(kept);
            buffer.Dispose();
        }
        buffer = larger;
    }
}
