using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>One of the buffers that layers take turns in: empty, or with a set that is on its way or there.</summary>
internal sealed class RingSlot(ICopyStream copies) : IDisposable
{
    // The reading of the set and the beginning of its copies.
    private Task? _coming;

    // Behind the set's copies.
    private IStreamMark? _arrived;

    // Behind what was computed last with what was here.
    private IStreamMark? _used;

    public Tensor? Memory { get; private set; }

    public StagedSet? Holds { get; private set; }

    /// <summary>Other memory from now on, or none; the old one is the caller's.</summary>
    public void Move(Tensor? memory)
    {
        Memory = memory;
        _used?.Dispose();
        _used = copies.MarkCompute();   // the memory may have been something else's a moment ago
    }

    /// <summary>Has a set brought here.</summary>
    public void Begin(StagedSet set, StagingThread thread, StagingBuffers buffers)
    {
        Holds = set;
        _coming = thread.Begin(() =>
        {
            _used!.HoldCopies();
            buffers.Send(set, Memory!);
            _arrived = copies.MarkCopies();
        });
    }

    /// <summary>What is computed from now on finds the set here.</summary>
    public void Await()
    {
        _coming!.GetAwaiter().GetResult();   // what went wrong on the other thread is thrown here
        _arrived!.HoldCompute();
        Holds!.Bind(Memory!);
    }

    /// <summary>Makes the slot free, wherever the set is.</summary>
    public void End(Tensor nothing)
    {
        // Its exception was thrown, or follows from one that was; what it had begun by then is still on its way.
        Task.WaitAny(_coming!);
        _ = _coming!.Exception;
        using (var all = copies.MarkCopies())
        {
            (_arrived ?? all).HoldCompute();
        }

        Holds!.Unbind(nothing);
        _arrived?.Dispose();
        _used!.Dispose();
        (_arrived, Holds, _used) = (null, null, copies.MarkCompute());
    }

    public void Dispose() => _used?.Dispose();
}
