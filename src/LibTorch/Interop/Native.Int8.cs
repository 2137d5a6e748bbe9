using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Products of weights in 8 bits. A flat list, as native/int8.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial void ts_int8_pack(Tensor weight, out Tensor packed, out Tensor factors);
    [LibraryImport(Shim)] internal static partial Tensor ts_int8_linear(Tensor x, Tensor packed, Tensor factors, Tensor? bias, long outputs, long level);
    [LibraryImport(Shim)] internal static partial long ts_int8_levels();
    [LibraryImport(Shim)] internal static partial nint ts_int8_level();
}
