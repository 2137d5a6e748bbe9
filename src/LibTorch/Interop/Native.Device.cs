using System.Runtime.InteropServices;

namespace TorchSharp;

// The GPU. A flat list, line for line as native/device.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial int ts_cuda_device_count();
    [LibraryImport(Shim)] internal static partial Flag ts_get_allow_tf32();
    [LibraryImport(Shim)] internal static partial int ts_set_allow_tf32(Flag on);
    [LibraryImport(Shim)] internal static partial Flag ts_get_cudnn_allow_tf32();
    [LibraryImport(Shim)] internal static partial int ts_set_cudnn_allow_tf32(Flag on);
    [LibraryImport(Shim)] internal static partial int ts_cuda_synchronize(int device);
    [LibraryImport(Shim)] internal static partial int ts_cuda_memory(int device, out long free, out long total);
    [LibraryImport(Shim)] internal static partial int ts_cuda_capability(int device, out int major, out int minor);
}
