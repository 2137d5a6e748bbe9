using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>The pinned memory that weights pass through on their way from a mapped file to the device: some is filled while the device copies from the others.</summary>
internal sealed class StagingBuffers(ICopyStream copies, ScalarType dtype, long bytes) : IDisposable
{
    public const int Count = 4;

    public const long DefaultBytes = 32L << 20;

    private readonly Tensor?[] _buffers = new Tensor?[Count];

    private readonly IStreamMark?[] _copied = new IStreamMark?[Count];

    private readonly long _numbers = Math.Max(1, bytes / SafetensorsTypes.Size(dtype));

    private int _turn;

    /// <summary>Begins to copy a set; returns when all of it has been read, and before all of it has arrived.</summary>
    public void Send(StagedSet set, Tensor memory)
    {
        set.Check();
        for (var start = 0L; start < set.Numbers; start += _numbers)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(_numbers, set.Numbers - start);
            var buffer = Free().narrow(0, 0, count);
            set.Read(start, buffer);
            copies.Copy(buffer, memory.narrow(0, start, count));
            _copied[_turn] = copies.MarkCopies();
            _turn = (_turn + 1) % Count;
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < Count; i++)
        {
            _copied[i]?.Wait();
            _copied[i]?.Dispose();
            _buffers[i]?.Dispose();
        }
    }

    /// <summary>The buffer whose turn it is, when the device has read what was in it.</summary>
    private Tensor Free()
    {
        _copied[_turn]?.Wait();
        _copied[_turn]?.Dispose();
        _copied[_turn] = null;
        return _buffers[_turn] ??= copies.HostBuffer(_numbers, dtype).DetachFromDisposeScope();
    }
}
