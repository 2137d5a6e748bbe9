using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A mark in a stream: reached when all that was put there before it is done. On the CPU it is reached at once. For one thread at a time.</summary>
public sealed class DeviceEvent : IDisposable
{
    private readonly nint _handle;
    private bool _disposed;

    /// <param name="device">Of the streams that it will be set in.</param>
    public DeviceEvent(Device device) => _handle = DeviceStream.HasStreams(device) ? Fault.Check(Native.ts_event_new((sbyte)device.type)) : 0;

    /// <summary>Whether the mark is reached; an event that was never set is.</summary>
    public bool IsReached
    {
        get
        {
            if (Handle == 0)
            {
                return true;
            }

            Fault.Check(Native.ts_event_query(Handle, out var done));
            return done;
        }
    }

    private nint Handle => !_disposed ? _handle : throw new ObjectDisposedException(nameof(DeviceEvent));

    /// <summary>Sets the mark behind all that the stream has been given so far.</summary>
    public void Record(DeviceStream stream)
    {
        if (Handle != 0)
        {
            Fault.Check(Native.ts_event_record(Handle, stream.Handle));
        }
    }

    /// <summary>What the stream is given from now on begins only when the mark is reached; this thread does not wait.</summary>
    public void HoldBack(DeviceStream stream)
    {
        if (Handle != 0)
        {
            Fault.Check(Native.ts_event_block(Handle, stream.Handle));
        }
    }

    /// <summary>Waits until the mark is reached.</summary>
    public void Synchronize()
    {
        if (Handle != 0)
        {
            Fault.Check(Native.ts_event_synchronize(Handle));
        }
    }

    public void Dispose()
    {
        if (!_disposed && _handle != 0)
        {
            Native.ts_event_free(_handle);
        }

        _disposed = true;
    }
}
