using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Shapes. A flat list, line for line as native/views.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_view(Tensor x, Longs size);
    [LibraryImport(Shim)] internal static partial Tensor ts_view_dtype(Tensor x, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_reshape(Tensor x, Longs size);
    [LibraryImport(Shim)] internal static partial Tensor ts_flatten(Tensor x, long start, long end);
    [LibraryImport(Shim)] internal static partial Tensor ts_unflatten(Tensor x, long dim, Longs sizes);
    [LibraryImport(Shim)] internal static partial Tensor ts_transpose(Tensor x, long a, long b);
    [LibraryImport(Shim)] internal static partial Tensor ts_permute(Tensor x, Longs order);
    [LibraryImport(Shim)] internal static partial Tensor ts_movedim(Tensor x, Longs from, Longs to);
    [LibraryImport(Shim)] internal static partial Tensor ts_t(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_squeeze(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_squeeze_dim(Tensor x, long dim);
    [LibraryImport(Shim)] internal static partial Tensor ts_unsqueeze(Tensor x, long dim);
    [LibraryImport(Shim)] internal static partial int ts_squeeze_(Tensor x, Flag has_dim, long dim);
    [LibraryImport(Shim)] internal static partial int ts_unsqueeze_(Tensor x, long dim);
    [LibraryImport(Shim)] internal static partial Tensor ts_expand(Tensor x, Longs size, Flag @implicit);
    [LibraryImport(Shim)] internal static partial Tensor ts_repeat(Tensor x, Longs times);
    [LibraryImport(Shim)] internal static partial Tensor ts_tile(Tensor x, Longs times);
    [LibraryImport(Shim)] internal static partial Tensor ts_repeat_interleave(Tensor x, long times, Flag has_dim, long dim);
    [LibraryImport(Shim)] internal static partial Tensor ts_repeat_interleave_t(Tensor x, Tensor times, Flag has_dim, long dim);
    [LibraryImport(Shim)] internal static partial Tensor ts_as_strided(Tensor x, Longs size, Longs stride, long offset);
    [LibraryImport(Shim)] internal static partial Tensor ts_narrow(Tensor x, long dim, long start, long length);
    [LibraryImport(Shim)] internal static partial Tensor ts_select(Tensor x, long dim, long index);
    [LibraryImport(Shim)] internal static partial Tensor ts_slice(Tensor x, long dim, long start, long end, long step);
    [LibraryImport(Shim)] internal static partial Tensor ts_unfold(Tensor x, long dim, long size, long step);
    [LibraryImport(Shim)] internal static partial Tensor ts_diagonal(Tensor x, long offset, long a, long b);
    [LibraryImport(Shim)] internal static partial Tensor ts_diag(Tensor x, long diagonal);
    [LibraryImport(Shim)] internal static partial Tensor ts_tril(Tensor x, long diagonal);
    [LibraryImport(Shim)] internal static partial Tensor ts_triu(Tensor x, long diagonal);
    [LibraryImport(Shim)] internal static partial Tensor ts_flip(Tensor x, Longs dims);
    [LibraryImport(Shim)] internal static partial Tensor ts_roll(Tensor x, Longs shifts, Longs dims);
    [LibraryImport(Shim)] internal static partial Tensor ts_view_as_real(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_view_as_complex(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_complex(Tensor real, Tensor imaginary);
    [LibraryImport(Shim)] internal static partial Tensor ts_cat(TensorList all, long dim);
    [LibraryImport(Shim)] internal static partial Tensor ts_stack(TensorList all, long dim);
    [LibraryImport(Shim)] internal static partial nint* ts_split(Tensor x, long size, long dim, out int count);
    [LibraryImport(Shim)] internal static partial nint* ts_split_sizes(Tensor x, Longs sizes, long dim, out int count);
    [LibraryImport(Shim)] internal static partial nint* ts_chunk(Tensor x, long chunks, long dim, out int count);
    [LibraryImport(Shim)] internal static partial nint* ts_unbind(Tensor x, long dim, out int count);
    [LibraryImport(Shim)] internal static partial nint* ts_meshgrid(TensorList all, Flag xy, out int count);
    [LibraryImport(Shim)] internal static partial nint* ts_broadcast_tensors(TensorList all, out int count);
}
