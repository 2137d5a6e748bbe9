using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>Copies to a GPU in a stream of their own, from pinned memory. On the CPU they are done at once.</summary>
internal sealed class DeviceCopyStream(Device device) : ICopyStream
{
    private readonly DeviceStream _copies = DeviceStream.Create(device);

    public Tensor DeviceBuffer(long count, ScalarType dtype) => empty(count, dtype: dtype, device: device);

    public Tensor HostBuffer(long count, ScalarType dtype)
    {
        // Otherwise a thread that has done nothing on a GPU yet would open the first one for it.
        using var here = _copies.Use();
        return Accelerator.HostBuffer(count, dtype, device);
    }

    public void Copy(Tensor from, Tensor to)
    {
        using var here = _copies.Use();
        to.copy_(from, nonBlocking: true);
    }

    public IStreamMark MarkCopies() => new Mark(_copies, _copies);

    public IStreamMark MarkCompute()
    {
        using var compute = DeviceStream.Current(device);
        return new Mark(_copies, compute);
    }

    public void Dispose() => _copies.Dispose();

    private sealed class Mark : IStreamMark
    {
        private readonly DeviceStream _copies;
        private readonly DeviceEvent _event;

        public Mark(DeviceStream copies, DeviceStream at)
        {
            _copies = copies;
            _event = new DeviceEvent(copies.Device);
            _event.Record(at);
        }

        public void HoldCopies() => _event.HoldBack(_copies);

        public void HoldCompute()
        {
            using var compute = DeviceStream.Current(_copies.Device);
            _event.HoldBack(compute);
        }

        public void Wait() => _event.Synchronize();

        public void Dispose() => _event.Dispose();
    }
}
