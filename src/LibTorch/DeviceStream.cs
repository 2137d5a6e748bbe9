using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A queue of work on a device: what lies in one is done in order, what lies in two side by side. The CPU does everything at once, so its stream has nothing to do.</summary>
public sealed class DeviceStream : IDisposable
{
    private readonly nint _handle;
    private bool _disposed;

    private DeviceStream(Device device, nint handle) => (Device, _handle) = (device, handle);

    public Device Device { get; }

    /// <summary>0 on the CPU.</summary>
    internal nint Handle => !_disposed ? _handle : throw new ObjectDisposedException(nameof(DeviceStream));

    /// <summary>One of the device's pool of streams, beside the one that operators are put into.</summary>
    public static DeviceStream Create(Device device) =>
        new(device, HasStreams(device) ? Fault.Check(Native.ts_stream_new((sbyte)device.type, (sbyte)device.index)) : 0);

    /// <summary>The one that this thread's operators on the device are put into now.</summary>
    public static DeviceStream Current(Device device) =>
        new(device, HasStreams(device) ? Fault.Check(Native.ts_stream_current((sbyte)device.type, (sbyte)device.index)) : 0);

    /// <summary>Until disposed, this thread's operators on the device are put here.</summary>
    public ThreadMode Use() => ThreadMode.Stream(Handle);

    /// <summary>Waits until all that was put here is done.</summary>
    public void Synchronize()
    {
        if (Handle != 0)
        {
            Fault.Check(Native.ts_stream_synchronize(Handle));
        }
    }

    public void Dispose()
    {
        if (!_disposed && _handle != 0)
        {
            Native.ts_stream_free(_handle);
        }

        _disposed = true;
    }

    internal static bool HasStreams(Device device) => device.type == DeviceType.CUDA;
}
