using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Faults, lifetime, what a tensor says about itself, version, threads. A flat list, line for line as native/core.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Shim)] internal static partial nint ts_fault(out int kind);
    [LibraryImport(Shim)] internal static partial int ts_start(int threads);
    [LibraryImport(Shim)] internal static partial nint ts_version();
    [LibraryImport(Shim)] internal static partial nint ts_build();
    [LibraryImport(Shim)] internal static partial int ts_get_num_threads();
    [LibraryImport(Shim)] internal static partial int ts_get_num_interop_threads();
    [LibraryImport(Shim)] internal static partial int ts_set_num_threads(int count);
    [LibraryImport(Shim)] internal static partial int ts_set_num_interop_threads(int count);
    [LibraryImport(Shim)] internal static partial int ts_set_matmul_precision(int precision);
    [LibraryImport(Shim)] internal static partial int ts_get_matmul_precision();
    [LibraryImport(Shim)] internal static partial void ts_free(nint t);
    [LibraryImport(Shim)] internal static partial void ts_list_free(nint* list);
    [LibraryImport(Shim)] internal static partial Tensor ts_alias(Tensor t);
    [LibraryImport(Shim)] internal static partial long ts_dim(Tensor t);
    [LibraryImport(Shim)] internal static partial long ts_numel(Tensor t);
    [LibraryImport(Shim)] internal static partial long ts_element_size(Tensor t);
    [LibraryImport(Shim)] internal static partial sbyte ts_dtype(Tensor t);
    [LibraryImport(Shim)] internal static partial sbyte ts_device_type(Tensor t);
    [LibraryImport(Shim)] internal static partial sbyte ts_device_index(Tensor t);
    [LibraryImport(Shim)] internal static partial long ts_storage_offset(Tensor t);
    [LibraryImport(Shim)] internal static partial Flag ts_is_contiguous(Tensor t);
    [LibraryImport(Shim)] internal static partial Flag ts_same_storage(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial void ts_sizes(Tensor t, long* to);
    [LibraryImport(Shim)] internal static partial void ts_strides(Tensor t, long* to);
    [LibraryImport(Shim)] internal static partial int ts_size(Tensor t, long dim, out long to);
    [LibraryImport(Shim)] internal static partial int ts_stride(Tensor t, long dim, out long to);
    [LibraryImport(Shim)] internal static partial int ts_data_ptr(Tensor t, out nint to);
}
