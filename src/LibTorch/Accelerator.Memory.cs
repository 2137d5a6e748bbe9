using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Memory: mapped files as tensors, and what is free.
public static unsafe partial class Accelerator
{
    private const int WillNeed = 3;
    private const int DontNeed = 4;

    /// <summary>How many tensors exist.</summary>
    public static long LiveTensors => Tensor.TotalCount;

    /// <summary>
    /// A tensor on memory that somebody else owns, without a copy. <paramref name="owner"/> stays referenced until the last tensor on that
    /// memory is gone, views included. The memory must be as long as the shape says: beyond the end of a mapped file lies a crash.
    /// </summary>
    public static Tensor FromMapped(nint pointer, ReadOnlySpan<long> shape, ScalarType dtype, object owner)
    {
        var handle = GCHandle.ToIntPtr(GCHandle.Alloc(owner));
        try
        {
            return Native.ts_from_memory(pointer, shape, new TensorOptions(dtype, CPU), &LetGo, handle);
        }
        catch (TorchException)
        {
            GCHandle.FromIntPtr(handle).Free();
            throw;
        }
    }

    /// <summary>Asks the system to read a mapped range before it is used.</summary>
    public static void Prefetch(nint pointer, long length) => Advise(pointer, length, WillNeed, outward: true);

    /// <summary>Lets the system forget a mapped range that is read from its file again when next used. Never for memory that was written to.</summary>
    public static void Release(nint pointer, long length) => Advise(pointer, length, DontNeed, outward: false);

    /// <summary>Threads of an operator on the CPU.</summary>
    public static void SetThreads(int count) => set_num_threads(count);

    /// <summary>Gives memory back that the C library has kept for the next operators.</summary>
    public static void TrimMemory()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = malloc_trim(0);
        }
    }

    /// <summary>Free and total bytes of a device: of the GPU, or of the machine.</summary>
    public static (long Free, long Total) DeviceMemory(Device? device = null)
    {
        if (device?.type != DeviceType.CUDA)
        {
            var info = GC.GetGCMemoryInfo();
            return (Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes), info.TotalAvailableMemoryBytes);
        }

        Fault.Check(Native.ts_cuda_memory(Math.Max(0, device.index), out var free, out var total));
        return (free, total);
    }

    [UnmanagedCallersOnly]
    private static void LetGo(nint handle) => GCHandle.FromIntPtr(handle).Free();

    // Whole pages: for reading, those that the range touches; for forgetting, those that it fills, so that a neighbour keeps its own.
    private static void Advise(nint pointer, long length, int advice, bool outward)
    {
        if (!OperatingSystem.IsLinux() || length <= 0)
        {
            return;
        }

        long page = Environment.SystemPageSize;
        var start = pointer / page * page;
        var end = (pointer + length) / page * page;
        start += !outward && start < pointer ? page : 0;
        end += outward && end < pointer + length ? page : 0;
        if (end > start && madvise((nint)start, (nuint)(end - start), advice) != 0)
        {
            throw new IOException($"madvise({advice}) on {end - start} bytes failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int madvise(nint address, nuint length, int advice);
}
