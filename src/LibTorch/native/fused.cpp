// Operators that go over memory once where libtorch's own need several passes: on the CPU, in fp32 and bf16, with gradients or
// without. Everything else, another device or fp64, takes the plain operators.
#include "fused.h"

#include <ATen/autocast_mode.h>

#include <limits>

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

namespace {

bool is_narrow(at::ScalarType type) { return type == at::kFloat || type == at::kBFloat16; }

}  // namespace

bool can_fuse(std::initializer_list<const at::Tensor*> all) {
  auto type = (*all.begin())->scalar_type();
  if (!is_narrow(type)) {
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

bool can_fuse_recorded(std::initializer_list<const at::Tensor*> all) {
  auto recorded = false;
  for (auto t : all) {
    if (!t->defined()) {
      continue;
    }
    if (!t->device().is_cpu() || !is_narrow(t->scalar_type())) {
      return false;
    }
    recorded = recorded || t->requires_grad();
  }
  return recorded && c10::GradMode::is_enabled() && (*all.begin())->numel() > 0 && (*all.begin())->dim() > 0;
}

at::ScalarType autocast_type(const at::Tensor& x) {
#if TORCH_AT_LEAST(2, 4)
  auto type = at::autocast::is_autocast_enabled(at::kCPU) ? at::autocast::get_autocast_dtype(at::kCPU) : x.scalar_type();
#else
  auto type = at::autocast::is_cpu_enabled() ? at::autocast::get_autocast_cpu_dtype() : x.scalar_type();
#endif
  return is_narrow(type) ? type : x.scalar_type();
}

void refuse_second_order() {
  TORCH_CHECK(!c10::GradMode::is_enabled(), "fused operators have no second derivative: compute gradients without create_graph, or in fp64");
}

void for_rows(int64_t rows, int64_t width, const std::function<void(int64_t)>& body) {
  at::parallel_for(0, rows, grain(width), [&](int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
      body(row);
    }
  });
}

bool is_row_scale(const at::Tensor& x, const at::Tensor& scale) {
  return !scale.defined() || (scale.dim() >= 1 && scale.size(-1) == x.size(-1) && x.numel() % scale.numel() == 0 &&
                              (scale.numel() == x.size(-1) || (scale.size(0) == x.size(0) && scale.numel() == x.size(0) * x.size(-1) && (scale.dim() == x.dim()))));
}

namespace {

at::Tensor silu_mul_of(const at::Tensor& x, const at::Tensor& y) {
  auto result = at::empty_like(x);
  by_type(x, [&](auto& rows, auto e) {
    using E = decltype(e);
    at::parallel_for(0, x.numel(), 16384, [&](int64_t from, int64_t to) {
      rows.silu_mul(data<E>(x) + from, data<E>(y) + from, data<E>(result) + from, to - from);
    });
  });
  return result;
}

struct SiluMul : torch::autograd::Function<SiluMul> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& a, const at::Tensor& b) {
    auto x = a.contiguous();
    auto y = b.contiguous();
    context->save_for_backward({x, y});
    return silu_mul_of(x, y);
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    RECORD_FUNCTION("silu_mul_backward", {});
    refuse_second_order();
    auto saved = context->get_saved_variables();
    auto& x = saved[0];
    auto& y = saved[1];
    auto dy = slopes[0].contiguous();
    auto dx = at::empty_like(x);
    auto dz = at::empty_like(y);
    by_type(x, [&](auto& rows, auto e) {
      using E = decltype(e);
      at::parallel_for(0, x.numel(), 16384, [&](int64_t from, int64_t to) {
        rows.silu_mul_backward(data<E>(x) + from, data<E>(y) + from, data<E>(dy) + from, data<E>(dx) + from, data<E>(dz) + from, to - from);
      });
    });
    return {dx, dz};
  }
};

at::Tensor silu_mul(const at::Tensor& a, const at::Tensor& b) {
  RECORD_FUNCTION("silu_mul", {});
  if (a.sizes() == b.sizes() && can_fuse({&a, &b})) {
    return silu_mul_of(a.contiguous(), b.contiguous());
  }
  if (a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type() && can_fuse_recorded({&a, &b})) {
    return SiluMul::apply(a, b);
  }
  return at::silu(a).mul(b);
}

// silu of the first half of each row times the second.
at::Tensor silu_mul_halves(const at::Tensor& both) {
  if (!can_fuse({&both})) {
    auto halves = both.chunk(2, -1);
    return silu_mul(halves[0], halves[1]);
  }
  RECORD_FUNCTION("silu_mul", {});
  auto width = both.size(-1) / 2;
  auto x = both.contiguous();
  auto size = both.sizes().vec();
  size.back() = width;
  auto result = at::empty(size, x.options());
  by_type(x, [&](auto& rows, auto e) {
    using E = decltype(e);
    for_rows(x.numel() / (2 * width), width, [&](int64_t row) {
      const auto* first = data<E>(x) + 2 * width * row;
      rows.silu_mul(first, first + width, data<E>(result) + width * row, width);
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

}  // namespace

OP(silu_mul, (T a, T b), silu_mul(*a, *b))
OP(silu_mul_halves, (T both), silu_mul_halves(*both))
OP(layer_norm_rows, (T x, T weight, T bias, double eps), layer_norm(*x, or_undefined(weight), or_undefined(bias), eps))
