// Tensors out of nothing.
#include "shim.h"

OP(empty, (Longs size, Options o), o.finish(at::empty(size, o.get())))
OP(zeros, (Longs size, Options o), o.finish(at::zeros(size, o.get())))
OP(ones, (Longs size, Options o), o.finish(at::ones(size, o.get())))
OP(full, (Longs size, Number value, Options o), o.finish(at::full(size, value.get(), o.get())))
OP(empty_strided, (Longs size, Longs stride, Options o), o.finish(at::empty_strided(size, stride, o.get())))
OP(empty_like, (T t, Options o), o.finish(at::empty_like(*t, o.get())))
OP(zeros_like, (T t, Options o), o.finish(at::zeros_like(*t, o.get())))
OP(ones_like, (T t, Options o), o.finish(at::ones_like(*t, o.get())))
OP(full_like, (T t, Number value, Options o), o.finish(at::full_like(*t, value.get(), o.get())))
OP(arange, (Number start, Number end, Number step, Options o), o.finish(at::arange(start.get(), end.get(), step.get(), o.get())))
OP(linspace, (double start, double end, int64_t steps, Options o), o.finish(at::linspace(start, end, steps, o.get())))
OP(eye, (int64_t rows, int64_t columns, Options o), o.finish(at::eye(rows, columns, o.get())))
OP(tril_indices, (int64_t rows, int64_t columns, int64_t offset, Options o), at::tril_indices(rows, columns, offset, o.get()))
