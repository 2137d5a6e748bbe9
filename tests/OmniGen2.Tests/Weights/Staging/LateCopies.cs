using OmniGen2.Weights.Staging;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights.Staging;

/// <summary>
/// A device whose copies come as late as a real one's may: with a seed on a thread of their own after random whiles, without one only when somebody waits
/// for them. So what does not wait computes with numbers that are not there yet. A copy over memory of which nobody has said that the computing with it
/// is over is refused. Which waits it heeds can be chosen, to show that none can be left out.
/// </summary>
internal sealed class LateCopies : ICopyStream
{
    private readonly object _gate = new();
    private readonly Queue<(Tensor From, Tensor To)> _begun = [];
    private readonly ComputeOrder _order = new();
    private readonly Random? _random;
    private readonly Thread? _thread;
    private long _count;
    private long _done;
    private bool _closed;

    public LateCopies(int? seed = null)
    {
        if (seed is { } number)
        {
            _random = new Random(number);
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }
    }

    /// <summary>Waits that this device does not heed.</summary>
    public Waits Ignored { get; init; }

    /// <summary>Called before a copy is begun, on the thread that reads weights.</summary>
    public Action? BeforeCopy { get; set; }

    /// <summary>The largest piece of memory that the device gives, in numbers.</summary>
    public long Largest { get; set; } = long.MaxValue;

    public Tensor DeviceBuffer(long count, ScalarType dtype) => count <= Largest
        ? full(count, double.NaN, dtype: dtype)
        : throw new TorchOutOfMemoryException($"as if {count} numbers were too many");

    public Tensor HostBuffer(long count, ScalarType dtype) => full(count, double.NaN, dtype: dtype);

    public void Copy(Tensor from, Tensor to)
    {
        BeforeCopy?.Invoke();
        _order.Check(to);
        lock (_gate)
        {
            _begun.Enqueue((from.alias().DetachFromDisposeScope(), to.alias().DetachFromDisposeScope()));
            _count++;
            Monitor.PulseAll(_gate);
        }
    }

    public IStreamMark MarkCopies()
    {
        lock (_gate)
        {
            return new CopyMark(this, _count);
        }
    }

    public IStreamMark MarkCompute() => _order.Mark(isHeeded: !Ignored.HasFlag(Waits.OfCopies));

    public void Dispose()
    {
        Reach(_count);
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
    }

    private void Reach(long count)
    {
        lock (_gate)
        {
            while (_done < count)
            {
                if (_thread is null)
                {
                    DoOne();
                }
                else
                {
                    Monitor.Wait(_gate);
                }
            }
        }
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                while (_begun.Count == 0 && !_closed)
                {
                    Monitor.Wait(_gate);
                }

                if (_begun.Count == 0)
                {
                    return;
                }
            }

            Thread.Sleep(_random!.Next(8) == 0 ? 1 : 0);
            lock (_gate)
            {
                DoOne();
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void DoOne()
    {
        var (from, to) = _begun.Dequeue();
        using var copied = to.copy_(from);
        from.Dispose();
        _done++;
    }

    private sealed class CopyMark(LateCopies owner, long count) : IStreamMark
    {
        public void HoldCopies()
        {
            // They are done in the order in which they were begun.
        }

        public void HoldCompute() => Wait(Waits.OfCompute);

        public void Wait() => Wait(Waits.OfHost);

        public void Dispose()
        {
        }

        private void Wait(Waits kind)
        {
            if (!owner.Ignored.HasFlag(kind))
            {
                owner.Reach(count);
            }
        }
    }
}
