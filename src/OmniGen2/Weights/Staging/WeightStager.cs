using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>
/// Brings weights from mapped files to a device: whole parts to stay, or layer after layer through a ring of buffers, the next ones being read and
/// copied while one computes. Three waits keep that right: a copy begins when the layer that was in its buffer has been computed, a layer computes when
/// its copy has arrived, and pinned memory is filled anew when the device has read it. For one computing thread at a time.
/// </summary>
internal sealed class WeightStager : IDisposable
{
    /// <summary>Layers on the device: the one that computes and those on their way.</summary>
    public const int Slots = 3;

    private readonly ICopyStream _copies;
    private readonly ScalarType _dtype;
    private readonly StagingBuffers _buffers;
    private readonly RingSlot[] _ring;
    private readonly StagingThread _thread = new();

    /// <summary>Copies as the device makes them.</summary>
    public WeightStager(Device device, ScalarType dtype)
        : this(device, dtype, new DeviceCopyStream(device))
    {
    }

    /// <param name="device">Where weights go.</param>
    /// <param name="dtype">Their type there.</param>
    /// <param name="copies">How they get there; owned from here on.</param>
    /// <param name="bufferBytes">Size of a piece of pinned memory, of which there are a few.</param>
    public WeightStager(Device device, ScalarType dtype, ICopyStream copies, long bufferBytes = StagingBuffers.DefaultBytes)
    {
        (_copies, _dtype, PinnedBytes) = (copies, dtype, StagingBuffers.Count * bufferBytes);
        _buffers = new StagingBuffers(copies, dtype, bufferBytes);
        _ring = [.. Enumerable.Range(0, Slots).Select(_ => new RingSlot(copies))];
        Nothing = empty(0, dtype: dtype, device: device).DetachFromDisposeScope();
    }

    /// <summary>What all parameters are that are not on the device.</summary>
    public Tensor Nothing { get; }

    /// <summary>Memory of the device that weights are in, or may be put into.</summary>
    public long Bytes { get; private set; }

    /// <summary>Pinned memory of this machine.</summary>
    public long PinnedBytes { get; }

    /// <summary>Brings a set to stay until it is dropped, in memory that is returned.</summary>
    public Tensor Bring(StagedSet set)
    {
        var memory = Allocate(set.Numbers);
        try
        {
            using var free = _copies.MarkCompute();
            _thread.Begin(() =>
            {
                free.HoldCopies();
                _buffers.Send(set, memory);
            }).GetAwaiter().GetResult();
        }
        catch
        {
            HoldCompute();
            Free(memory);
            throw;
        }

        HoldCompute();
        set.Bind(memory);
        return memory;

        void HoldCompute()
        {
            using var all = _copies.MarkCopies();
            all.HoldCompute();
        }
    }

    /// <summary>Lets go of a set and of the memory that it was in.</summary>
    public void Drop(StagedSet set, Tensor memory)
    {
        set.Unbind(Nothing);
        Free(memory);
    }

    /// <summary>Has each set on the device when its turn comes, and not for longer. However a turn ends, none is left there.</summary>
    public void Walk(IReadOnlyList<StagedSet> sets, Action<int> use)
    {
        var slots = new Queue<RingSlot>();
        var begun = 0;
        try
        {
            for (var i = 0; i < sets.Count; i++)
            {
                for (; begun < Math.Min(sets.Count, i + Slots); begun++)
                {
                    slots.Enqueue(Begin(sets[begun]));
                }

                slots.Peek().Await();
                use(i);
                slots.Dequeue().End(Nothing);
            }
        }
        finally
        {
            foreach (var slot in slots)
            {
                slot.End(Nothing);
            }
        }
    }

    /// <summary>Gives the ring's memory back; the next walk takes it again.</summary>
    public void FreeRing()
    {
        foreach (var slot in _ring)
        {
            Empty(slot);
        }
    }

    public void Dispose()
    {
        _thread.Dispose();
        _buffers.Dispose();
        FreeRing();
        foreach (var slot in _ring)
        {
            slot.Dispose();
        }

        Nothing.Dispose();
        _copies.Dispose();
    }

    private RingSlot Begin(StagedSet set)
    {
        var slot = Array.Find(_ring, s => s.Holds is null) ?? throw new InvalidOperationException("A walk over weights began within another one.");
        if (slot.Memory is null || slot.Memory.numel() < set.Numbers)
        {
            Empty(slot);
            slot.Move(Allocate(set.Numbers));
        }

        slot.Begin(set, _thread, _buffers);
        return slot;
    }

    private void Empty(RingSlot slot)
    {
        if (slot.Memory is { } memory)
        {
            slot.Move(null);
            Free(memory);
        }
    }

    private Tensor Allocate(long numbers)
    {
        var memory = _copies.DeviceBuffer(numbers, _dtype).DetachFromDisposeScope();
        Bytes += numbers * SafetensorsTypes.Size(_dtype);
        return memory;
    }

    private void Free(Tensor memory)
    {
        Bytes -= memory.numel() * SafetensorsTypes.Size(_dtype);
        memory.Dispose();
    }
}
