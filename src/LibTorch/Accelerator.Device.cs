using static TorchSharp.torch;

namespace TorchSharp;

// Memory of a device, and memory that it reads by itself.
public static partial class Accelerator
{
    /// <summary>Memory of this machine, not cleared, that the device copies from while others compute (pinned); plain memory where the device is the CPU.</summary>
    /// <param name="count">Numbers.</param>
    /// <param name="dtype">Their type.</param>
    /// <param name="device">That will copy.</param>
    public static Tensor HostBuffer(long count, ScalarType dtype, Device device) => DeviceStream.HasStreams(device)
        ? Native.ts_empty_pinned((ReadOnlySpan<long>)[count], new TensorOptions(dtype, CPU))
        : empty(count, dtype: dtype);

    /// <summary>
    /// What tensors take of the device's memory, what the allocator has taken for them and for later ones, and the most that tensors took since
    /// <see cref="ResetPeak"/>. Null where that is not known: on the CPU, and before version 2.9 of libtorch.
    /// </summary>
    public static (long Tensors, long Taken, long Peak)? DeviceUse(Device device)
    {
        if (!DeviceStream.HasStreams(device))
        {
            return null;
        }

        Fault.Check(Native.ts_device_use((sbyte)device.type, (sbyte)device.index, out var tensors, out var taken, out var peak));
        return tensors < 0 ? null : (tensors, taken, peak);
    }

    /// <summary>The peak of <see cref="DeviceUse"/> begins anew.</summary>
    public static void ResetPeak(Device device)
    {
        if (DeviceStream.HasStreams(device))
        {
            Fault.Check(Native.ts_device_reset_peak((sbyte)device.type, (sbyte)device.index));
        }
    }

    /// <summary>Gives memory back that the device's allocator, or on the CPU the C library, has kept for later tensors.</summary>
    public static void EmptyCache(Device device)
    {
        if (DeviceStream.HasStreams(device))
        {
            Fault.Check(Native.ts_empty_cache((sbyte)device.type));
        }

        TrimMemory();
    }
}
