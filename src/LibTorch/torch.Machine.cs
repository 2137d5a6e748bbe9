using static TorchSharp.Native;

namespace TorchSharp;

// The library and the machine: version, threads, GPUs.
public static partial class torch
{
    public static string __version__ => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(ts_version())!;

    public static int get_num_threads() => ts_get_num_threads();

    public static void set_num_threads(int num) => Fault.Check(ts_set_num_threads(num));

    public static int get_num_interop_threads() => ts_get_num_interop_threads();

    public static void set_num_interop_threads(int num) => Fault.Check(ts_set_num_interop_threads(num));

    public static Float32MatmulPrecision get_float32_matmul_precision() => (Float32MatmulPrecision)ts_get_matmul_precision();

    /// <summary>How much of fp32 the GPU's products may drop for speed.</summary>
    public static void set_float32_matmul_precision(Float32MatmulPrecision precision) => Fault.Check(ts_set_matmul_precision((int)precision));

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>The GPUs.</summary>
    public static class cuda
    {
        public static bool is_available() => ts_cuda_device_count() > 0;

        public static int device_count() => ts_cuda_device_count();

        public static void manual_seed_all(long seed) => Fault.Check(ts_manual_seed(unchecked((ulong)seed)));

        /// <summary>The compute capability, as in (9, 0).</summary>
        public static (int Major, int Minor) get_device_capability(Device? device = null)
        {
            Fault.Check(ts_cuda_capability(Math.Max(0, device?.index ?? 0), out var major, out var minor));
            return (major, minor);
        }

        /// <summary>Waits until the device has done everything that was asked of it.</summary>
        public static void synchronize(Device? device = null) => Fault.Check(ts_cuda_synchronize(Math.Max(0, device?.index ?? 0)));
    }

    /// <summary>Settings of the libraries underneath.</summary>
    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => ts_get_allow_tf32();
                    set => Fault.Check(ts_set_allow_tf32(value));
                }
            }
        }

        public static class cudnn
        {
            /// <summary>Whether convolutions of fp32 may be computed in TF32; libtorch begins with yes.</summary>
            public static bool allow_tf32
            {
                get => ts_get_cudnn_allow_tf32();
                set => Fault.Check(ts_set_cudnn_allow_tf32(value));
            }
        }
    }
}
