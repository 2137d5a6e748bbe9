using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Tensors out of nothing. A flat list, line for line as native/creation.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_empty(Longs size, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_zeros(Longs size, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_ones(Longs size, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_full(Longs size, Scalar value, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_empty_strided(Longs size, Longs stride, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_empty_like(Tensor t, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_zeros_like(Tensor t, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_ones_like(Tensor t, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_full_like(Tensor t, Scalar value, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_arange(Scalar start, Scalar end, Scalar step, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_linspace(double start, double end, long steps, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_eye(long rows, long columns, TensorOptions o);
    [LibraryImport(Shim)] internal static partial Tensor ts_tril_indices(long rows, long columns, long offset, TensorOptions o);
}
