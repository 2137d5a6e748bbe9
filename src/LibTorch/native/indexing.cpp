// Picking and placing elements: by number, by slice, by a tensor of indices or of truths.
#include "shim.h"

#include <ATen/TensorIndexing.h>

namespace {

// As in TensorIndex.cs.
struct Index {
  int64_t kind;  // 0 single, 1 slice, 2 tensor, 3 ellipsis, 4 new axis, 5 truth
  int64_t start;
  int64_t stop;
  int64_t step;
  int64_t has;  // bits: 1 start, 2 stop, 4 step
  T tensor;

  at::indexing::TensorIndex get() const {
    switch (kind) {
      case 0: return start;
      case 1: return at::indexing::Slice(limit(1, start), limit(2, stop), limit(4, step));
      case 2: return *tensor;
      case 3: return at::indexing::Ellipsis;
      case 4: return at::indexing::None;
      default: return start != 0;
    }
  }

 private:
#if TORCH_AT_LEAST(2, 0)
  Optional<c10::SymInt> limit(int bit, int64_t value) const { return (has & bit) != 0 ? Optional<c10::SymInt>(value) : Optional<c10::SymInt>(); }
#else
  Optional<int64_t> limit(int bit, int64_t value) const { return maybe_long((has & bit) != 0, value); }
#endif
};

struct Indices {
  const Index* data;
  int64_t count;

  std::vector<at::indexing::TensorIndex> get() const {
    std::vector<at::indexing::TensorIndex> all;
    for (int64_t i = 0; i < count; i++) {
      all.push_back(data[i].get());
    }
    return all;
  }
};

}  // namespace

OP(index, (T x, Indices at), x->index(at.get()))
DO(index_put_, (T x, Indices at, T value), x->index_put_(at.get(), *value))
DO(index_put_s_, (T x, Indices at, Number value), x->index_put_(at.get(), value.get()))

OP(index_select, (T x, int64_t dim, T index), at::index_select(*x, dim, *index))
OP(gather, (T x, int64_t dim, T index), at::gather(*x, dim, *index))
OP(take, (T x, T index), at::take(*x, *index))
OP(take_along_dim, (T x, T index, int64_t dim), at::take_along_dim(*x, *index, dim))
OP(scatter, (T x, int64_t dim, T index, T source), at::scatter(*x, dim, *index, *source))
DO(scatter_, (T x, int64_t dim, T index, T source), x->scatter_(dim, *index, *source))
OP(scatter_add, (T x, int64_t dim, T index, T source), at::scatter_add(*x, dim, *index, *source))
DO(scatter_add_, (T x, int64_t dim, T index, T source), x->scatter_add_(dim, *index, *source))
OP(index_add, (T x, int64_t dim, T index, T source, Number alpha), at::index_add(*x, dim, *index, *source, alpha.get()))
DO(index_add_, (T x, int64_t dim, T index, T source, Number alpha), x->index_add_(dim, *index, *source, alpha.get()))
OP(index_copy, (T x, int64_t dim, T index, T source), at::index_copy(*x, dim, *index, *source))
DO(index_copy_, (T x, int64_t dim, T index, T source), x->index_copy_(dim, *index, *source))
OP(index_fill, (T x, int64_t dim, T index, Number value), at::index_fill(*x, dim, *index, value.get()))
DO(index_fill_, (T x, int64_t dim, T index, Number value), x->index_fill_(dim, *index, value.get()))
OP(masked_fill, (T x, T mask, Number value), at::masked_fill(*x, *mask, value.get()))
DO(masked_fill_, (T x, T mask, Number value), x->masked_fill_(*mask, value.get()))
OP(masked_select, (T x, T mask), at::masked_select(*x, *mask))
OP(masked_scatter, (T x, T mask, T source), at::masked_scatter(*x, *mask, *source))
DO(masked_scatter_, (T x, T mask, T source), x->masked_scatter_(*mask, *source))
OP(nonzero, (T x), at::nonzero(*x))
OP(isin, (T x, T among, bool unique, bool invert), at::isin(*x, *among, unique, invert))
