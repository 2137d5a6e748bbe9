// Root-mean-square norms: alone, modulated by (1 + scale), or gated and added to a stream.
#include "fused.h"

namespace {

// add + x / rms(x) · weight · (offset + scale); all but x may be absent.
struct Parts {
  at::Tensor x;
  at::Tensor weight;
  at::Tensor scale;
  at::Tensor add;
  double eps;
  double offset;
};

at::Tensor plain(const Parts& p) {
  auto wide = p.x.scalar_type() == at::kDouble ? p.x : p.x.to(at::kFloat);
  auto y = wide.mul(at::rsqrt(wide.square().mean({-1}, true).add(p.eps)));
  y = p.weight.defined() ? y.mul(p.weight) : y;
  y = (p.scale.defined() ? y.mul(p.offset == 0 ? p.scale : p.scale.add(p.offset)) : y).to(p.x.scalar_type());
  return p.add.defined() ? p.add.add(y) : y;
}

// Rows of one group share their factors. Without a scale the groups only share out the work; they do not follow the number of
// threads, so that sums over them come out the same on every machine.
struct Groups {
  int64_t width;
  int64_t rows;
  int64_t rows_per_group;
  int64_t count;
  bool shared;

  Groups(const at::Tensor& x, const at::Tensor& scale)
      : width(x.size(-1)), rows(x.numel() / width), rows_per_group(scale.defined() ? x.numel() / scale.numel() : std::min<int64_t>(rows, 64)),
        count((rows + rows_per_group - 1) / rows_per_group), shared(!scale.defined()) {}

  // body(group, first row, rows)
  template <class F> void each(F&& body) const {
    at::parallel_for(0, count, grain(width * rows_per_group), [&](int64_t from, int64_t to) {
      for (int64_t group = from; group < to; group++) {
        auto first = group * rows_per_group;
        body(group, first, std::min(rows_per_group, rows - first));
      }
    });
  }
};

at::Tensor wide(const at::Tensor& t) { return t.to(at::kFloat).contiguous(); }

// weight · (offset + scale), a row a group: [groups, width], or [1, width] shared by all.
at::Tensor factors(const at::Tensor& weight, const at::Tensor& scale, double offset, int64_t width) {
  auto by = weight.defined() ? wide(weight) : at::ones({width}, at::kFloat);
  return scale.defined() ? wide(scale).reshape({-1, width}).add(offset).mul(by) : by.reshape({1, width});
}

// Calls body(norms, a value of x's type, a value of y's type).
template <class F> void by_types(at::ScalarType x, at::ScalarType y, F&& body) {
  if (x == at::kFloat && y == at::kFloat) {
    body(best().norm_f32, float(), float());
  } else if (x == at::kFloat) {
    body(best().norm_f32_b16, float(), bf16());
  } else {
    body(best().norm_b16, bf16(), bf16());
  }
}

struct Norm : torch::autograd::Function<Norm> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, Optional<at::Tensor> weight_or_none, Optional<at::Tensor> scale_or_none,
                            Optional<at::Tensor> add_or_none, double eps, double offset, at::ScalarType type) {
    auto weight = weight_or_none.value_or(at::Tensor());
    auto scale = scale_or_none.value_or(at::Tensor());
    auto add = add_or_none.has_value() ? add_or_none->contiguous() : at::Tensor();
    auto from = x.contiguous();
    auto groups = Groups(from, scale);
    auto by = factors(weight, scale, offset, groups.width);
    auto roots = at::empty({groups.rows}, at::kFloat);
    auto result = at::empty(from.sizes(), from.options().dtype(type));
    by_types(x.scalar_type(), type, [&](auto& norms, auto a, auto b) {
      using A = decltype(a);
      using B = decltype(b);
      groups.each([&](int64_t group, int64_t first, int64_t rows) {
        auto at = first * groups.width;
        norms.forward(data<A>(from) + at, data<float>(by) + (groups.shared ? 0 : group * groups.width), add.defined() ? data<B>(add) + at : nullptr,
                      data<B>(result) + at, data<float>(roots) + first, rows, groups.width, static_cast<float>(eps));
      });
    });
    context->save_for_backward({from, weight, scale, roots});
    context->saved_data["offset"] = offset;
    context->saved_data["added"] = add.defined();
    return result;
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    RECORD_FUNCTION("rms_norm_backward", {});
    refuse_second_order();
    auto saved = context->get_saved_variables();
    auto& x = saved[0];
    auto& weight = saved[1];
    auto& scale = saved[2];
    auto offset = context->saved_data["offset"].toDouble();
    auto dy = slopes[0].contiguous();
    auto groups = Groups(x, scale);
    auto by = factors(weight, scale, offset, groups.width);
    auto dx = at::empty_like(x);
    auto shares = at::zeros({groups.count, groups.width}, at::kFloat);
    by_types(x.scalar_type(), dy.scalar_type(), [&](auto& norms, auto a, auto b) {
      using A = decltype(a);
      using B = decltype(b);
      groups.each([&](int64_t group, int64_t first, int64_t rows) {
        auto at = first * groups.width;
        norms.backward(data<A>(x) + at, data<B>(dy) + at, data<float>(saved[3]) + first, data<float>(by) + (groups.shared ? 0 : group * groups.width),
                       data<A>(dx) + at, data<float>(shares) + group * groups.width, rows, groups.width);
      });
    });
    at::Tensor for_weight, for_scale;
    if (weight.defined()) {
      auto moved = scale.defined() ? shares.mul(wide(scale).reshape({-1, groups.width}).add(offset)) : shares;
      for_weight = moved.sum(0).reshape(weight.sizes()).to(weight.scalar_type());
    }
    if (scale.defined()) {
      for_scale = (weight.defined() ? shares.mul(wide(weight)) : shares).reshape(scale.sizes()).to(scale.scalar_type());
    }
    return {dx, for_weight, for_scale, context->saved_data["added"].toBool() ? slopes[0] : at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

bool fits(const Parts& p, at::ScalarType type) {
  return is_row_scale(p.x, p.scale) && (!p.add.defined() || (p.add.scalar_type() == type && p.add.sizes() == p.x.sizes())) &&
         (p.x.scalar_type() == type || p.x.scalar_type() == at::kFloat);
}

at::Tensor recorded(const Parts& p, at::ScalarType type) {
  return Norm::apply(p.x, if_defined(p.weight), if_defined(p.scale), if_defined(p.add), p.eps, p.offset, type);
}

void check(const Parts& p) {
  TORCH_CHECK(!p.weight.defined() || p.weight.numel() == p.x.size(-1), "rms_norm: ", p.weight.numel(), " weights for rows of ", p.x.size(-1));
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& scale, double eps) {
  RECORD_FUNCTION("rms_norm", {});
  auto parts = Parts{x, weight, scale, at::Tensor(), eps, 1};
  // What follows a norm is a product, which would narrow it next.
  auto type = autocast_type(x);
  if (can_fuse_recorded({&x, &weight, &scale}) && fits(parts, type)) {
    check(parts);
    return recorded(parts, type);
  }
  if (!can_fuse({&x, &weight, &scale}) || !is_row_scale(x, scale)) {
    return plain(parts);
  }
  check(parts);
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

at::Tensor add_normed(const at::Tensor& to, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& gate, double eps) {
  RECORD_FUNCTION("add_normed", {});
  auto parts = Parts{x, weight, gate, to, eps, 0};
  if (can_fuse_recorded({&x, &weight, &gate, &to}) && fits(parts, to.scalar_type()) && x.scalar_type() == to.scalar_type()) {
    check(parts);
    return recorded(parts, to.scalar_type());
  }
  auto normed = rms_norm(x, weight, at::Tensor(), eps);
  return to.add(gate.defined() ? gate.mul(normed) : normed);
}

}  // namespace

OP(rms_norm, (T x, T weight, T scale, double eps), rms_norm(*x, or_undefined(weight), or_undefined(scale), eps))
OP(add_normed, (T to, T x, T weight, T gate, double eps), add_normed(*to, *x, or_undefined(weight), or_undefined(gate), eps))
