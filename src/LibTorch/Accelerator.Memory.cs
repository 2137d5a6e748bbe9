using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace TorchSharp;

// Memory: mapped files as tensors, and what is free.
public static unsafe partial class Accelerator
{
    private const int WillNeed = 3;
    private const int DontNeed = 4;
    private const int HugePage = 14;
    private const int PopulateRead = 22;

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

    /// <summary>
    /// Asks the system to hold a mapped file in pieces of megabytes where it can, for files that are read again and again: to bring 8 GB back
    /// piece by piece of 4 KiB costs a second of processor time, of 2 MiB nothing.
    /// </summary>
    public static void PreferLargePages(nint pointer, long length) => TryAdvise(pointer, length, HugePage, outward: false);

    /// <summary>Reads a mapped range into memory before it is used. Takes as long as the disk does, so it belongs on a thread that may wait.</summary>
    public static void Prefetch(nint pointer, long length)
    {
        // Systems that cannot map pages ahead of their use can still read them; those pages stay small.
        if (!TryAdvise(pointer, length, PopulateRead, outward: true))
        {
            Advise(pointer, length, WillNeed, outward: true);
        }
    }

    /// <summary>Lets the system forget a mapped range that is read from its file again when next used. Never for memory that was written to.</summary>
    public static void Release(nint pointer, long length) => Advise(pointer, length, DontNeed, outward: false);

    /// <summary>Drops what the system keeps of a file in memory, as a restart of the machine would: it is read from the disk again, and then in large pieces.</summary>
    public static void Forget(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = posix_fadvise(file, 0, 0, DontNeed);
        }
    }

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
            return MachineMemory.Read();
        }

        Fault.Check(Native.ts_cuda_memory(Math.Max(0, device.index), out var free, out var total));
        return (free, total);
    }

    [UnmanagedCallersOnly]
    private static void LetGo(nint handle) => GCHandle.FromIntPtr(handle).Free();

    private static void Advise(nint pointer, long length, int advice, bool outward)
    {
        if (!TryAdvise(pointer, length, advice, outward))
        {
            throw new IOException($"madvise({advice}) on {length} bytes is not known to this system.");
        }
    }

    // Whole pages: for reading, those that the range touches; for forgetting, those that it fills, so that a neighbour keeps its own.
    // False when the system does not know such advice.
    private static bool TryAdvise(nint pointer, long length, int advice, bool outward)
    {
        const int invalidArgument = 22;
        if (!OperatingSystem.IsLinux() || length <= 0)
        {
            return true;
        }

        long page = Environment.SystemPageSize;
        var start = pointer / page * page;
        var end = (pointer + length) / page * page;
        start += !outward && start < pointer ? page : 0;
        end += outward && end < pointer + length ? page : 0;
        if (end <= start || madvise((nint)start, (nuint)(end - start), advice) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == invalidArgument ? false : throw new IOException($"madvise({advice}) on {end - start} bytes failed with error {error}.");
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int madvise(nint address, nuint length, int advice);
}
