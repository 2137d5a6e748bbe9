using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Memory that comes from, and goes to, this side. A flat list, line for line as native/data.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_from_memory(nint data, Longs size, TensorOptions options, delegate* unmanaged<nint, void> release, nint context);
    [LibraryImport(Shim)] internal static partial Tensor ts_from_copy(nint data, Longs size, sbyte dtype, TensorOptions options);
    [LibraryImport(Shim)] internal static partial Tensor ts_to(Tensor t, TensorOptions options, Flag non_blocking, Flag copy);
    [LibraryImport(Shim)] internal static partial Tensor ts_clone(Tensor t);
    [LibraryImport(Shim)] internal static partial Tensor ts_contiguous(Tensor t);
    [LibraryImport(Shim)] internal static partial Tensor ts_channels_last(Tensor t);
    [LibraryImport(Shim)] internal static partial Tensor ts_detach(Tensor t);
    [LibraryImport(Shim)] internal static partial Tensor ts_pin_memory(Tensor t);
    [LibraryImport(Shim)] internal static partial int ts_detach_(Tensor t);
    [LibraryImport(Shim)] internal static partial int ts_copy_(Tensor t, Tensor source, Flag non_blocking);
    [LibraryImport(Shim)] internal static partial int ts_set_(Tensor t, Tensor source);
    [LibraryImport(Shim)] internal static partial int ts_item_real(Tensor t, out double to);
    [LibraryImport(Shim)] internal static partial int ts_item_long(Tensor t, out long to);
}
