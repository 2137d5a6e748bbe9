using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Picking and placing elements. A flat list, line for line as native/indexing.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_index(Tensor x, Indices @at);
    [LibraryImport(Shim)] internal static partial int ts_index_put_(Tensor x, Indices @at, Tensor value);
    [LibraryImport(Shim)] internal static partial int ts_index_put_s_(Tensor x, Indices @at, Scalar value);
    [LibraryImport(Shim)] internal static partial Tensor ts_index_select(Tensor x, long dim, Tensor index);
    [LibraryImport(Shim)] internal static partial Tensor ts_gather(Tensor x, long dim, Tensor index);
    [LibraryImport(Shim)] internal static partial Tensor ts_take(Tensor x, Tensor index);
    [LibraryImport(Shim)] internal static partial Tensor ts_take_along_dim(Tensor x, Tensor index, long dim);
    [LibraryImport(Shim)] internal static partial Tensor ts_scatter(Tensor x, long dim, Tensor index, Tensor source);
    [LibraryImport(Shim)] internal static partial int ts_scatter_(Tensor x, long dim, Tensor index, Tensor source);
    [LibraryImport(Shim)] internal static partial Tensor ts_scatter_add(Tensor x, long dim, Tensor index, Tensor source);
    [LibraryImport(Shim)] internal static partial int ts_scatter_add_(Tensor x, long dim, Tensor index, Tensor source);
    [LibraryImport(Shim)] internal static partial Tensor ts_index_add(Tensor x, long dim, Tensor index, Tensor source, Scalar alpha);
    [LibraryImport(Shim)] internal static partial int ts_index_add_(Tensor x, long dim, Tensor index, Tensor source, Scalar alpha);
    [LibraryImport(Shim)] internal static partial Tensor ts_index_copy(Tensor x, long dim, Tensor index, Tensor source);
    [LibraryImport(Shim)] internal static partial int ts_index_copy_(Tensor x, long dim, Tensor index, Tensor source);
    [LibraryImport(Shim)] internal static partial Tensor ts_index_fill(Tensor x, long dim, Tensor index, Scalar value);
    [LibraryImport(Shim)] internal static partial int ts_index_fill_(Tensor x, long dim, Tensor index, Scalar value);
    [LibraryImport(Shim)] internal static partial Tensor ts_masked_fill(Tensor x, Tensor mask, Scalar value);
    [LibraryImport(Shim)] internal static partial int ts_masked_fill_(Tensor x, Tensor mask, Scalar value);
    [LibraryImport(Shim)] internal static partial Tensor ts_masked_select(Tensor x, Tensor mask);
    [LibraryImport(Shim)] internal static partial Tensor ts_masked_scatter(Tensor x, Tensor mask, Tensor source);
    [LibraryImport(Shim)] internal static partial int ts_masked_scatter_(Tensor x, Tensor mask, Tensor source);
    [LibraryImport(Shim)] internal static partial Tensor ts_nonzero(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_isin(Tensor x, Tensor among, Flag unique, Flag invert);
}
