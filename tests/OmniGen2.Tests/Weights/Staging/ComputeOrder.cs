using OmniGen2.Weights.Staging;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights.Staging;

/// <summary>Sees that nothing is copied over memory whose old numbers may still be computed with: the CPU has computed when it says so, so no wrong number would show it.</summary>
internal sealed class ComputeOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<nint, long> _computedAtCopy = [];
    private long _computed;
    private long _heldBehind;

    /// <summary>Behind all that was computed so far.</summary>
    /// <param name="isHeeded">Whether copies that are to wait for it do.</param>
    public IStreamMark Mark(bool isHeeded)
    {
        lock (_gate)
        {
            return new ComputeMark(this, ++_computed, isHeeded);
        }
    }

    /// <summary>Refuses a copy to where one went before, unless it waits for a mark that was set since.</summary>
    public unsafe void Check(Tensor to)
    {
        lock (_gate)
        {
            fixed (byte* start = Accelerator.Bytes(to))
            {
                if (_computedAtCopy.TryGetValue((nint)start, out var before) && _heldBehind <= before)
                {
                    throw new InvalidOperationException("A copy begins before what computes with the memory's old numbers is done.");
                }

                _computedAtCopy[(nint)start] = _computed;
            }
        }
    }

    private void HoldBehind(long serial)
    {
        lock (_gate)
        {
            _heldBehind = Math.Max(_heldBehind, serial);
        }
    }

    private sealed class ComputeMark(ComputeOrder order, long serial, bool isHeeded) : IStreamMark
    {
        public void HoldCopies()
        {
            if (isHeeded)
            {
                order.HoldBehind(serial);
            }
        }

        public void HoldCompute()
        {
            // What is computed is computed in order.
        }

        public void Wait()
        {
            // It has been reached.
        }

        public void Dispose()
        {
        }
    }
}
