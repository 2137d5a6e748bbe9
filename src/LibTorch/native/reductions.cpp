// Many elements to fewer: sums, extremes, orders.
#include "shim.h"

OP(sum, (T x, int8_t dtype), at::sum(*x, maybe_type(dtype)))
OP(sum_dims, (T x, Longs dims, bool keep, int8_t dtype), at::sum(*x, at::IntArrayRef(dims), keep, maybe_type(dtype)))
OP(mean, (T x, int8_t dtype), at::mean(*x, maybe_type(dtype)))
OP(mean_dims, (T x, Longs dims, bool keep, int8_t dtype), at::mean(*x, at::IntArrayRef(dims), keep, maybe_type(dtype)))
OP(prod, (T x, int8_t dtype), at::prod(*x, maybe_type(dtype)))
OP(prod_dim, (T x, int64_t dim, bool keep, int8_t dtype), at::prod(*x, dim, keep, maybe_type(dtype)))
OP(var, (T x, Longs dims, bool unbiased, bool keep), at::var(*x, at::IntArrayRef(dims), unbiased, keep))
OP(std, (T x, Longs dims, bool unbiased, bool keep), at::std(*x, at::IntArrayRef(dims), unbiased, keep))
OP(norm, (T x, double p), at::norm(*x, p))
OP(norm_dim, (T x, int64_t dim, bool keep, double p), at::norm(*x, p, dim, keep))
OP(max, (T x), at::max(*x))
OP(min, (T x), at::min(*x))
OP(median, (T x), at::median(*x))
OP(amax, (T x, Longs dims, bool keep), at::amax(*x, dims, keep))
OP(amin, (T x, Longs dims, bool keep), at::amin(*x, dims, keep))
OP(argmax, (T x, bool has_dim, int64_t dim, bool keep), at::argmax(*x, maybe_long(has_dim, dim), keep))
OP(argmin, (T x, bool has_dim, int64_t dim, bool keep), at::argmin(*x, maybe_long(has_dim, dim), keep))
OP(all, (T x), at::all(*x))
OP(any, (T x), at::any(*x))
OP(all_dim, (T x, int64_t dim, bool keep), at::all(*x, dim, keep))
OP(any_dim, (T x, int64_t dim, bool keep), at::any(*x, dim, keep))
OP(count_nonzero, (T x), at::count_nonzero(*x))
OP(logsumexp, (T x, int64_t dim, bool keep), at::logsumexp(*x, dim, keep))
OP(cumsum, (T x, int64_t dim, int8_t dtype), at::cumsum(*x, dim, maybe_type(dtype)))
OP(cumprod, (T x, int64_t dim, int8_t dtype), at::cumprod(*x, dim, maybe_type(dtype)))
OP(argsort, (T x, int64_t dim, bool descending), at::argsort(*x, dim, descending))
OP(bincount, (T x, T weights, int64_t minimum), at::bincount(*x, maybe(weights), minimum))
OP(searchsorted, (T sorted, T values, bool int32, bool right), at::searchsorted(*sorted, *values, int32, right))
OP(bucketize, (T x, T boundaries, bool int32, bool right), at::bucketize(*x, *boundaries, int32, right))
DO(equal, (T a, T b, bool* to), *to = at::equal(*a, *b))

API void ts_max_dim(T x, int64_t dim, bool keep, T* values, T* indices) { make_two(values, indices, [&] { return at::max(*x, dim, keep); }); }
API void ts_min_dim(T x, int64_t dim, bool keep, T* values, T* indices) { make_two(values, indices, [&] { return at::min(*x, dim, keep); }); }
API void ts_median_dim(T x, int64_t dim, bool keep, T* values, T* indices) { make_two(values, indices, [&] { return at::median(*x, dim, keep); }); }
API void ts_topk(T x, int64_t k, int64_t dim, bool largest, bool sorted, T* values, T* indices) {
  make_two(values, indices, [&] { return at::topk(*x, k, dim, largest, sorted); });
}
API void ts_sort(T x, int64_t dim, bool descending, bool stable, T* values, T* indices) {
  make_two(values, indices, [&] { return at::sort(*x, Optional<bool>(stable), dim, descending); });
}
API void ts_kthvalue(T x, int64_t k, int64_t dim, bool keep, T* values, T* indices) { make_two(values, indices, [&] { return at::kthvalue(*x, k, dim, keep); }); }
API T* ts_unique(T x, bool sorted, bool inverse, bool counts, int* count) {
  return make_list(count, [&] {
    auto [values, where, many] = at::_unique2(*x, sorted, inverse, counts);
    return std::vector<at::Tensor>{values, where, many};
  });
}
