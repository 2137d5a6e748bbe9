using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Many elements to fewer: sums, extremes, orders.
    public unsafe sealed partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => ts_sum(this, Code(type));
        // For int as well: a literal 0 would otherwise be taken for the first ScalarType.
        public Tensor sum(int dim, bool keepdim = false, ScalarType? type = null) => sum((long)dim, keepdim, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => ts_sum_dims(this, (long[])[dim], keepdim, Code(type));
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => ts_sum_dims(this, (long[])[dim0, dim1], keepdim, Code(type));
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => ts_sum_dims(this, dim, keepdim, Code(type));

        public Tensor mean() => ts_mean(this, Code(null));
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => ts_mean_dims(this, dimensions, keepdim, Code(type));

        public Tensor prod(ScalarType? type = null) => ts_prod(this, Code(type));
        public Tensor prod(int dim, bool keepdim = false, ScalarType? type = null) => prod((long)dim, keepdim, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => ts_prod_dim(this, dim, keepdim, Code(type));

        public Tensor var(bool unbiased = true) => ts_var(this, AllDimensions(), unbiased, false);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Typed(type, ts_var(this, (long[])[dim], unbiased, keepdim));
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Typed(type, ts_var(this, dimensions, unbiased, keepdim));

        public Tensor std(bool unbiased = true) => ts_std(this, AllDimensions(), unbiased, false);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Typed(type, ts_std(this, (long[])[dim], unbiased, keepdim));
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Typed(type, ts_std(this, dimensions, unbiased, keepdim));

        public Tensor norm(float p = 2) => ts_norm(this, p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => ts_norm_dim(this, dim, keepdim, p);

        public Tensor max() => ts_max(this);
        public Tensor max(Tensor other) => maximum(other);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            ts_max_dim(this, dim, keepdim, out var values, out var indices);
            return (values, indices);
        }

        public Tensor min() => ts_min(this);
        public Tensor min(Tensor other) => minimum(other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            ts_min_dim(this, dim, keepdim, out var values, out var indices);
            return (values, indices);
        }

        public Tensor median() => ts_median(this);

        public Tensor amax(params long[] dims) => ts_amax(this, dims, false);
        public Tensor amax(long[] dims, bool keepdim) => ts_amax(this, dims, keepdim);

        public Tensor amin(params long[] dims) => ts_amin(this, dims, false);
        public Tensor amin(long[] dims, bool keepdim) => ts_amin(this, dims, keepdim);

        public Tensor argmax() => ts_argmax(this, false, 0, false);
        public Tensor argmax(long dim, bool keepdim = false) => ts_argmax(this, true, dim, keepdim);

        public Tensor argmin() => ts_argmin(this, false, 0, false);
        public Tensor argmin(long dim, bool keepdim = false) => ts_argmin(this, true, dim, keepdim);

        public Tensor all() => ts_all(this);
        public Tensor all(long dim, bool keepdim = false) => ts_all_dim(this, dim, keepdim);

        public Tensor any() => ts_any(this);
        public Tensor any(long dim, bool keepdim = false) => ts_any_dim(this, dim, keepdim);

        public Tensor count_nonzero() => ts_count_nonzero(this);

        public Tensor logsumexp(long dim, bool keepdim = false) => ts_logsumexp(this, dim, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => ts_cumsum(this, dim, Code(type));

        public Tensor cumprod(long dim, ScalarType? type = null) => ts_cumprod(this, dim, Code(type));

        public Tensor argsort(long dim = -1, bool descending = false) => ts_argsort(this, dim, descending);

        public Tensor bincount(Tensor? weights = null, long minlength = 0) => ts_bincount(this, weights, minlength);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => ts_bucketize(this, boundaries, outInt32, right);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            ts_topk(this, k, dim, largest, sorted, out var values, out var indices);
            return (values, indices);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            ts_sort(this, dim, descending, stable, out var values, out var indices);
            return (values, indices);
        }

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false)
        {
            ts_kthvalue(this, k, dim ?? -1, keepdim, out var values, out var indices);
            return (values, indices);
        }

        /// <summary>The values that occur; where each element went, and how often each occurs, where asked for.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false)
        {
            var all = Fault.Collect(ts_unique(this, sorted, return_inverse, return_counts, out var count), count);
            return (all[0], Wanted(all[1], return_inverse), Wanted(all[2], return_counts));
        }

        private static Tensor? Wanted(Tensor tensor, bool wanted)
        {
            if (wanted)
            {
                return tensor;
            }

            tensor.Dispose();
            return null;
        }

        private static Tensor Typed(ScalarType? type, Tensor tensor) => type is null || tensor.dtype == type ? tensor : tensor.to(type.Value, disposeAfter: true);

        private long[] AllDimensions() => [.. Enumerable.Range(0, (int)dim()).Select(d => (long)d)];
    }
}
