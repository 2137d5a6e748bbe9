using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Products in fp8. A flat list, as native/float8.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial void ts_float8_pack(Tensor weight, out Tensor packed, out Tensor scales);
    [LibraryImport(Shim)] internal static partial Tensor ts_float8_unpack(Tensor packed, Tensor scales);
    [LibraryImport(Shim)] internal static partial Tensor ts_float8_linear(Tensor x, Tensor packed, Tensor scales, Tensor? bias, long inputs, long outputs);
    [LibraryImport(Shim)] internal static partial Flag ts_float8_compiled();
}
