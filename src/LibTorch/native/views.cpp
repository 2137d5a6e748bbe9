// Shapes: other looks at the same memory, and putting pieces together.
#include "shim.h"

OP(view, (T x, Longs size), x->view(at::IntArrayRef(size)))
OP(view_dtype, (T x, int8_t dtype), x->view(static_cast<at::ScalarType>(dtype)))
OP(reshape, (T x, Longs size), at::reshape(*x, size))
OP(flatten, (T x, int64_t start, int64_t end), at::flatten(*x, start, end))
OP(unflatten, (T x, int64_t dim, Longs sizes), x->unflatten(dim, at::IntArrayRef(sizes)))
OP(transpose, (T x, int64_t a, int64_t b), at::transpose(*x, a, b))
OP(permute, (T x, Longs order), at::permute(*x, order))
OP(movedim, (T x, Longs from, Longs to), at::movedim(*x, at::IntArrayRef(from), at::IntArrayRef(to)))
OP(t, (T x), at::t(*x))
OP(squeeze, (T x), at::squeeze(*x))
OP(squeeze_dim, (T x, int64_t dim), at::squeeze(*x, dim))
OP(unsqueeze, (T x, int64_t dim), at::unsqueeze(*x, dim))
DO(squeeze_, (T x, bool has_dim, int64_t dim), has_dim ? x->squeeze_(dim) : x->squeeze_())
DO(unsqueeze_, (T x, int64_t dim), x->unsqueeze_(dim))
OP(expand, (T x, Longs size, bool implicit), x->expand(size, implicit))
OP(repeat, (T x, Longs times), x->repeat(times))
OP(tile, (T x, Longs times), at::tile(*x, times))
OP(repeat_interleave, (T x, int64_t times, bool has_dim, int64_t dim), at::repeat_interleave(*x, times, maybe_long(has_dim, dim)))
OP(repeat_interleave_t, (T x, T times, bool has_dim, int64_t dim), at::repeat_interleave(*x, *times, maybe_long(has_dim, dim)))
OP(as_strided, (T x, Longs size, Longs stride, int64_t offset), at::as_strided(*x, size, stride, offset))
OP(narrow, (T x, int64_t dim, int64_t start, int64_t length), at::narrow(*x, dim, start, length))
OP(select, (T x, int64_t dim, int64_t index), at::select(*x, dim, index))
OP(slice, (T x, int64_t dim, int64_t start, int64_t end, int64_t step), at::slice(*x, dim, start, end, step))
OP(unfold, (T x, int64_t dim, int64_t size, int64_t step), x->unfold(dim, size, step))
OP(diagonal, (T x, int64_t offset, int64_t a, int64_t b), at::diagonal(*x, offset, a, b))
OP(diag, (T x, int64_t diagonal), at::diag(*x, diagonal))
OP(tril, (T x, int64_t diagonal), at::tril(*x, diagonal))
OP(triu, (T x, int64_t diagonal), at::triu(*x, diagonal))
OP(flip, (T x, Longs dims), at::flip(*x, dims))
OP(roll, (T x, Longs shifts, Longs dims), at::roll(*x, shifts, dims))
OP(view_as_real, (T x), at::view_as_real(*x))
OP(view_as_complex, (T x), at::view_as_complex(*x))
OP(complex, (T real, T imaginary), at::complex(*real, *imaginary))

OP(cat, (Tensors all, int64_t dim), at::cat(all.get(), dim))
OP(stack, (Tensors all, int64_t dim), at::stack(all.get(), dim))
API T* ts_split(T x, int64_t size, int64_t dim, int* count) { return make_list(count, [&] { return at::split(*x, size, dim); }); }
API T* ts_split_sizes(T x, Longs sizes, int64_t dim, int* count) { return make_list(count, [&] { return at::split_with_sizes(*x, sizes, dim); }); }
API T* ts_chunk(T x, int64_t chunks, int64_t dim, int* count) { return make_list(count, [&] { return at::chunk(*x, chunks, dim); }); }
API T* ts_unbind(T x, int64_t dim, int* count) { return make_list(count, [&] { return at::unbind(*x, dim); }); }
API T* ts_meshgrid(Tensors all, bool xy, int* count) { return make_list(count, [&] { return at::meshgrid(all.get(), xy ? "xy" : "ij"); }); }
API T* ts_broadcast_tensors(Tensors all, int* count) { return make_list(count, [&] { return at::broadcast_tensors(all.get()); }); }
