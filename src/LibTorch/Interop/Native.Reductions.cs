using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// Many elements to fewer. A flat list, line for line as native/reductions.cpp.
internal static unsafe partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_sum(Tensor x, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_sum_dims(Tensor x, Longs dims, Flag keep, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_mean(Tensor x, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_mean_dims(Tensor x, Longs dims, Flag keep, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_prod(Tensor x, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_prod_dim(Tensor x, long dim, Flag keep, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_var(Tensor x, Longs dims, Flag unbiased, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_std(Tensor x, Longs dims, Flag unbiased, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_norm(Tensor x, double p);
    [LibraryImport(Shim)] internal static partial Tensor ts_norm_dim(Tensor x, long dim, Flag keep, double p);
    [LibraryImport(Shim)] internal static partial Tensor ts_max(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_min(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_median(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_amax(Tensor x, Longs dims, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_amin(Tensor x, Longs dims, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_argmax(Tensor x, Flag has_dim, long dim, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_argmin(Tensor x, Flag has_dim, long dim, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_all(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_any(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_all_dim(Tensor x, long dim, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_any_dim(Tensor x, long dim, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_count_nonzero(Tensor x);
    [LibraryImport(Shim)] internal static partial Tensor ts_logsumexp(Tensor x, long dim, Flag keep);
    [LibraryImport(Shim)] internal static partial Tensor ts_cumsum(Tensor x, long dim, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_cumprod(Tensor x, long dim, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_argsort(Tensor x, long dim, Flag descending);
    [LibraryImport(Shim)] internal static partial Tensor ts_bincount(Tensor x, Tensor? weights, long minimum);
    [LibraryImport(Shim)] internal static partial Tensor ts_searchsorted(Tensor sorted, Tensor values, Flag int32, Flag right);
    [LibraryImport(Shim)] internal static partial Tensor ts_bucketize(Tensor x, Tensor boundaries, Flag int32, Flag right);
    [LibraryImport(Shim)] internal static partial int ts_equal(Tensor a, Tensor b, out Flag to);
    [LibraryImport(Shim)] internal static partial void ts_max_dim(Tensor x, long dim, Flag keep, out Tensor values, out Tensor indices);
    [LibraryImport(Shim)] internal static partial void ts_min_dim(Tensor x, long dim, Flag keep, out Tensor values, out Tensor indices);
    [LibraryImport(Shim)] internal static partial void ts_median_dim(Tensor x, long dim, Flag keep, out Tensor values, out Tensor indices);
    [LibraryImport(Shim)] internal static partial void ts_topk(Tensor x, long k, long dim, Flag largest, Flag sorted, out Tensor values, out Tensor indices);
    [LibraryImport(Shim)] internal static partial void ts_sort(Tensor x, long dim, Flag descending, Flag stable, out Tensor values, out Tensor indices);
    [LibraryImport(Shim)] internal static partial void ts_kthvalue(Tensor x, long k, long dim, Flag keep, out Tensor values, out Tensor indices);
    [LibraryImport(Shim)] internal static partial nint* ts_unique(Tensor x, Flag sorted, Flag inverse, Flag counts, out int count);
}
