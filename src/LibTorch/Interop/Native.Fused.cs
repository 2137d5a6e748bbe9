using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Fused operators. A flat list, as native/fused*.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_silu_mul(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_silu_mul_halves(Tensor both);
    [LibraryImport(Shim)] internal static partial Tensor ts_rms_norm(Tensor x, Tensor? weight, Tensor? scale, double eps);
    [LibraryImport(Shim)] internal static partial Tensor ts_add_normed(Tensor to, Tensor x, Tensor? weight, Tensor? gate, double eps);
    [LibraryImport(Shim)] internal static partial Tensor ts_layer_norm_rows(Tensor x, Tensor? weight, Tensor? bias, double eps);
    [LibraryImport(Shim)] internal static partial Tensor ts_softmax_scaled(Tensor x, double scale, Tensor? mask);
    [LibraryImport(Shim)] internal static partial Tensor ts_turn(Tensor x, Tensor? weight, Tensor cos, Tensor sin, double eps, Flag halves);
    [LibraryImport(Shim)] internal static partial Tensor ts_grouped_attention(Tensor q, Tensor k, Tensor v, Tensor? mask, double scale);
}
