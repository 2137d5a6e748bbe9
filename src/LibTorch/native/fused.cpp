// Operators that go over memory once where libtorch's own need several passes. On the CPU, in fp32 and bf16, when no gradient is
// recorded; everything else takes the plain operators.
#include "shim.h"
#include "kernels.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <functional>
#include <limits>

namespace {

const Kernels& best() {
#if defined(__x86_64__)
  static const Kernels& chosen = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") ? avx512::kernels
      : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")                                                                        ? avx2::kernels
                                                                                                                                               : baseline::kernels;
  return chosen;
#else
  return baseline::kernels;
#endif
}

bool can_fuse(std::initializer_list<const at::Tensor*> all) {
  auto type = (*all.begin())->scalar_type();
  if (type != at::kFloat && type != at::kBFloat16) {
    return false;
  }
  for (auto t : all) {
    if (!t->defined()) {
      continue;
    }
    if (!t->device().is_cpu() || t->scalar_type() != type || (c10::GradMode::is_enabled() && t->requires_grad())) {
      return false;
    }
  }
  return (*all.begin())->numel() > 0 && (*all.begin())->dim() > 0;
}

template <class E> E* data(const at::Tensor& t) { return t.defined() ? static_cast<E*>(t.data_ptr()) : nullptr; }

// Calls body(rows of the element type, a value of that type).
template <class F> void by_type(const at::Tensor& x, F&& body) {
  if (x.scalar_type() == at::kFloat) {
    body(best().f32, float());
  } else {
    body(best().b16, bf16());
  }
}

// About 16 thousand elements a piece: below that, waking another thread costs more than it brings.
void for_rows(int64_t rows, int64_t width, const std::function<void(int64_t)>& body) {
  at::parallel_for(0, rows, std::max<int64_t>(1, 16384 / std::max<int64_t>(1, width)), [&](int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
      body(row);
    }
  });
}

// A scale of [B, 1.., D] over x of [B, .., D]: one row of it serves x.numel / scale.numel rows.
bool is_row_scale(const at::Tensor& x, const at::Tensor& scale) {
  return !scale.defined() || (scale.dim() >= 1 && scale.size(-1) == x.size(-1) && x.numel() % scale.numel() == 0 &&
                              (scale.numel() == x.size(-1) || (scale.size(0) == x.size(0) && scale.numel() == x.size(0) * x.size(-1) && (scale.dim() == x.dim()))));
}

at::Tensor silu_mul(const at::Tensor& a, const at::Tensor& b) {
  if (!can_fuse({&a, &b}) || a.sizes() != b.sizes()) {
    return at::silu(a).mul(b);
  }
  auto x = a.contiguous();
  auto y = b.contiguous();
  auto result = at::empty_like(x);
  by_type(x, [&](auto& rows, auto e) {
    using E = decltype(e);
    at::parallel_for(0, x.numel(), 16384, [&](int64_t from, int64_t to) {
      rows.silu_mul(data<E>(x) + from, data<E>(y) + from, data<E>(result) + from, to - from);
    });
  });
  return result;
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& scale, double eps) {
  if (!can_fuse({&x, &weight, &scale}) || !is_row_scale(x, scale)) {
    auto wide = x.scalar_type() == at::kDouble ? x : x.to(at::kFloat);
    auto y = wide.mul(at::rsqrt(wide.square().mean({-1}, true).add(eps)));
    y = weight.defined() ? y.mul(weight) : y;
    return (scale.defined() ? y.mul(scale.add(1)) : y).to(x.scalar_type());
  }
  TORCH_CHECK(!weight.defined() || weight.numel() == x.size(-1), "rms_norm: ", weight.numel(), " weights for rows of ", x.size(-1));
  auto from = x.contiguous();
  auto by = weight.defined() ? weight.contiguous() : weight;
  auto times = scale.defined() ? scale.contiguous() : scale;
  auto result = at::empty_like(from);
  auto width = x.size(-1);
  auto rows_per_scale = times.defined() ? x.numel() / times.numel() : 1;
  by_type(x, [&](auto& rows, auto e) {
    using E = decltype(e);
    for_rows(x.numel() / width, width, [&](int64_t row) {
      auto scale_row = times.defined() ? data<E>(times) + row / rows_per_scale * width : nullptr;
      rows.rms_norm(data<E>(from) + row * width, data<E>(by), scale_row, data<E>(result) + row * width, width, static_cast<float>(eps));
    });
  });
  return result;
}

at::Tensor layer_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, double eps) {
  if (x.scalar_type() == at::kFloat || !can_fuse({&x, &weight, &bias})) {
    auto wide = x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
    auto widened = [&](const at::Tensor& t) { return t.defined() ? Optional<at::Tensor>(t.to(wide)) : Optional<at::Tensor>(); };
    return at::layer_norm(x.to(wide), {x.size(-1)}, widened(weight), widened(bias), eps).to(x.scalar_type());
  }
  auto from = x.contiguous();
  auto by = weight.defined() ? weight.contiguous() : weight;
  auto plus = bias.defined() ? bias.contiguous() : bias;
  auto result = at::empty_like(from);
  auto width = x.size(-1);
  by_type(x, [&](auto& rows, auto e) {
    using E = decltype(e);
    for_rows(x.numel() / width, width, [&](int64_t row) {
      rows.layer_norm(data<E>(from) + row * width, data<E>(by), data<E>(plus), data<E>(result) + row * width, width, static_cast<float>(eps));
    });
  });
  return result;
}

// Where each row of `mask`, stretched to x's shape, starts.
std::vector<int64_t> row_starts(const at::Tensor& mask, at::IntArrayRef sizes) {
  auto rows = std::vector<int64_t>{0};
  for (size_t d = 0; d + 1 < sizes.size(); d++) {
    std::vector<int64_t> next;
    next.reserve(rows.size() * sizes[d]);
    for (auto start : rows) {
      for (int64_t i = 0; i < sizes[d]; i++) {
        next.push_back(start + i * mask.stride(d));
      }
    }
    rows = std::move(next);
  }
  return rows;
}

at::Tensor softmax_scaled(const at::Tensor& x, double scale, const at::Tensor& mask) {
  auto additive = mask;
  if (mask.defined()) {
    additive = mask.scalar_type() != at::kBool ? mask.to(x.scalar_type())
                                               : at::zeros(mask.sizes(), x.options()).masked_fill(mask.logical_not(), -std::numeric_limits<double>::infinity());
  }
  if (!can_fuse({&x, &additive})) {
    auto wide = (x.scalar_type() == at::kDouble ? x : x.to(at::kFloat)).mul(scale);
    return at::softmax(additive.defined() ? wide.add(additive) : wide, -1).to(x.scalar_type());
  }
  auto from = x.contiguous();
  auto result = at::empty_like(from);
  auto width = x.size(-1);
  auto stretched = additive.defined() ? additive.contiguous().expand(x.sizes()) : additive;
  if (stretched.defined() && stretched.stride(-1) != 1 && width > 1) {
    stretched = stretched.contiguous();
  }
  auto starts = stretched.defined() ? row_starts(stretched, x.sizes()) : std::vector<int64_t>();
  by_type(x, [&](auto& rows, auto e) {
    using E = decltype(e);
    for_rows(x.numel() / width, width, [&](int64_t row) {
      thread_local std::vector<float> room;
      room.resize(std::max<size_t>(room.size(), width));
      auto mask_row = starts.empty() ? nullptr : data<E>(stretched) + starts[row];
      rows.softmax(data<E>(from) + row * width, mask_row, data<E>(result) + row * width, room.data(), width, static_cast<float>(scale));
    });
  });
  return result;
}

}  // namespace

OP(silu_mul, (T a, T b), silu_mul(*a, *b))
OP(rms_norm, (T x, T weight, T scale, double eps), rms_norm(*x, or_undefined(weight), or_undefined(scale), eps))
OP(layer_norm_rows, (T x, T weight, T bias, double eps), layer_norm(*x, or_undefined(weight), or_undefined(bias), eps))
OP(softmax_scaled, (T x, double scale, T mask), softmax_scaled(*x, scale, or_undefined(mask)))
