using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>
/// What must happen before libtorch is loaded, and loading it: memory that is kept instead of given back after every operator, the
/// instruction set, a BLAS that is fast. Runs at the first call into the shim, never before.
/// </summary>
internal static unsafe partial class Startup
{
    private const string Libc = "libc";
    private const int MmapThreshold = -3;
    private const int TrimThreshold = -1;
    private const int Now = 2;
    private const int Global = 0x100;

    private static readonly Lock Gate = new();
    private static nint _shim;

    // The one thing that has to come before the first call is the resolver itself.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(Startup).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Native.Shim)
        {
            return 0;
        }

        lock (Gate)
        {
            if (_shim == 0)
            {
                KeepMemory();
                ChooseInstructions();
                WaitBriefly();
                PreloadBlas();
                _shim = Load(assembly);
            }

            return _shim;
        }
    }

    // Buffers of some MB would each be mapped, faulted in and unmapped again: up to ten times slower than the arithmetic on them.
    private static void KeepMemory()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = mallopt(MmapThreshold, 1 << 30);
            _ = mallopt(TrimThreshold, int.MaxValue);
        }
    }

    // libtorch 1.13 stays on AVX2 by itself; .NET's own environment does not reach getenv, so libc is asked.
    private static void ChooseInstructions()
    {
        if (OperatingSystem.IsLinux() && Avx512BW.VL.IsSupported && Avx512DQ.IsSupported)
        {
            _ = setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
        }
    }

    // OpenMP's threads spin for milliseconds while they wait for each other. Where something else runs beside them, they spin in
    // the time of the thread they wait for: 5 to 30 times slower on two busy cores. So they soon sleep.
    private static void WaitBriefly()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = setenv("GOMP_SPINCOUNT", "1000", 0);
        }
    }

    // The reference BLAS is about eighty times slower than OpenBLAS. A library of the same soname that is already loaded
    // takes its place; NativeLibrary.Load keeps symbols local and does not do.
    private static void PreloadBlas()
    {
        var blas = Blas.Faster();
        if (blas is not null)
        {
            _ = dlopen(blas, Now | Global);
        }
    }

    // Beside the application; inside of a single file, where the runtime unpacks it.
    private static nint Load(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"lib{Native.Shim}.so");
        try
        {
            var shim = File.Exists(file) ? NativeLibrary.Load(file) : NativeLibrary.Load(Native.Shim, assembly, null);
            var start = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(shim, "ts_start");
            _ = start(Environment.ProcessorCount);
            return shim;
        }
        catch (DllNotFoundException e)
        {
            // The first line says only that it failed; the one that names the missing library comes after.
            var cause = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault(e.Message);
            throw new DllNotFoundException(
                $"libtorch could not be loaded: {cause.Trim()}. Install it with 'apt-get install libtorch-dev', or set LIBTORCH to the folder "
                + "that holds the include and lib of another one, and build again.", e);
        }
    }

    [LibraryImport(Libc)]
    private static partial int mallopt(int parameter, int value);

    [LibraryImport(Libc, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Libc, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string file, int flags);
}
