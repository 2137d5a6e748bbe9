// Heads that turn with their positions, perhaps behind a norm.
#include "fused.h"

namespace {

// A [.., .., S, E] tensor; three dimensions are taken for four.
at::Tensor four(const at::Tensor& t) { return t.dim() == 3 ? t.unsqueeze(0) : t; }

struct Turn : torch::autograd::Function<Turn> {
  // Calls body(first element of x, of the result and of the tables; which head) for every one of the A · B heads.
  template <class F> static void each(const at::Tensor& x, const at::Tensor& tables, F&& body) {
    auto heads = x.size(1);
    at::parallel_for(0, x.size(0) * heads, grain(x.size(2) * x.size(3)), [&](int64_t first, int64_t last) {
      for (int64_t i = first; i < last; i++) {
        auto outer = i / heads, inner = i % heads;
        body(outer * x.stride(0) + inner * x.stride(1), i * x.size(2) * x.size(3), outer * tables.stride(0) + inner * tables.stride(1), i);
      }
    });
  }

  static Heads describe(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& weight, double eps, bool halves) {
    return {x.size(2), x.size(3), x.stride(2), x.size(3), cos.stride(2), nullptr, nullptr, data<float>(weight), static_cast<float>(eps), halves};
  }

  static at::Tensor stretched(const at::Tensor& table, const at::Tensor& x) { return table.expand({x.size(0), x.size(1), x.size(2), x.size(3) / 2}); }

  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, Optional<at::Tensor> weight_or_none, const at::Tensor& cos_table, const at::Tensor& sin_table,
                            double eps, bool halves) {
    auto weight = weight_or_none.has_value() ? weight_or_none->to(at::kFloat).contiguous() : at::Tensor();
    auto cos = stretched(cos_table, x), sin = stretched(sin_table, x);
    auto result = at::empty(x.sizes(), x.options());
    auto roots = weight.defined() ? at::empty({x.size(0), x.size(1), x.size(2)}, at::kFloat) : at::Tensor();
    auto all = describe(x, cos, weight, eps, halves);
    by_type(x, [&](auto& rows, auto e) {
      using E = decltype(e);
      each(x, cos, [&](int64_t at, int64_t to, int64_t table, int64_t head) {
        auto heads = all;
        heads.cos = data<float>(cos) + table;
        heads.sin = data<float>(sin) + table;
        rows.turn(data<E>(x) + at, data<E>(result) + to, roots.defined() ? data<float>(roots) + head * x.size(2) : nullptr, heads);
      });
    });
    context->save_for_backward({weight.defined() ? x : at::Tensor(), weight_or_none.value_or(at::Tensor()), cos_table, sin_table, roots});
    context->saved_data["sizes"] = x.sizes().vec();
    context->saved_data["strides"] = x.strides().vec();
    context->saved_data["halves"] = halves;
    return result;
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    RECORD_FUNCTION("turn_backward", {});
    refuse_second_order();
    auto saved = context->get_saved_variables();
    auto weight = saved[1].defined() ? saved[1].to(at::kFloat).contiguous() : at::Tensor();
    auto dy = slopes[0].contiguous();
    auto dx = at::empty_strided(context->saved_data["sizes"].toIntVector(), context->saved_data["strides"].toIntVector(), dy.options());
    auto cos = stretched(saved[2], dx), sin = stretched(saved[3], dx);
    auto shares = weight.defined() ? at::zeros({dx.size(0) * dx.size(1), dx.size(3)}, at::kFloat) : at::Tensor();
    auto all = describe(dx, cos, weight, 0, context->saved_data["halves"].toBool());
    by_type(dx, [&](auto& rows, auto e) {
      using E = decltype(e);
      each(dx, cos, [&](int64_t at, int64_t from, int64_t table, int64_t head) {
        auto heads = all;
        heads.cos = data<float>(cos) + table;
        heads.sin = data<float>(sin) + table;
        if (weight.defined()) {
          rows.turn_backward(data<E>(dy) + from, data<E>(saved[0]) + at, data<float>(saved[4]) + head * dx.size(2), data<E>(dx) + at,
                             data<float>(shares) + head * dx.size(3), heads);
        } else {
          rows.turn_backward(data<E>(dy) + from, nullptr, nullptr, data<E>(dx) + at, nullptr, heads);
        }
      });
    });
    auto for_weight = weight.defined() ? shares.sum(0).reshape(saved[1].sizes()).to(saved[1].scalar_type()) : at::Tensor();
    return {dx, for_weight, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

at::Tensor turn_plainly(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& cos, const at::Tensor& sin, double eps, bool halves) {
  auto type = at::promote_types(x.scalar_type() , cos.scalar_type());
  auto normal = x;
  if (weight.defined()) {
    auto wide = x.scalar_type() == at::kDouble ? x : x.to(at::kFloat);
    normal = wide.mul(at::rsqrt(wide.square().mean({-1}, true).add(eps))).mul(weight).to(x.scalar_type());
  }
  normal = normal.to(type);
  auto half = x.size(-1) / 2;
  auto pairs = halves ? normal.unflatten(-1, {2, half}) : normal.unflatten(-1, {half, 2});
  auto a = pairs.select(halves ? -2 : -1, 0), b = pairs.select(halves ? -2 : -1, 1);
  auto turned = at::stack({a.mul(cos).sub(b.mul(sin)), b.mul(cos).add(a.mul(sin))}, halves ? -2 : -1);
  return turned.flatten(-2).to(x.scalar_type());
}

// In bf16 throughout, as Qwen's heads turn.
bool turns_narrow(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& cos, const at::Tensor& sin, bool halves) {
  return halves && !weight.defined() && x.scalar_type() == at::kBFloat16 && can_fuse({&x, &cos, &sin}) && x.dim() == 4 && x.size(-1) % 2 == 0 && x.stride(-1) == 1 &&
         cos.stride(-1) == 1 && sin.stride(-1) == 1;
}

at::Tensor turn_narrow(const at::Tensor& x, const at::Tensor& cos_table, const at::Tensor& sin_table) {
  auto cos = Turn::stretched(cos_table, x), sin = Turn::stretched(sin_table, x);
  auto result = at::empty(x.sizes(), x.options());
  Turn::each(x, cos, [&](int64_t at, int64_t to, int64_t table, int64_t) {
    best().turn_narrow({data<bf16>(x) + at, data<bf16>(result) + to, data<bf16>(cos) + table, data<bf16>(sin) + table, x.size(2), x.size(3), x.stride(2), x.size(3), cos.stride(2)});
  });
  return result;
}

at::Tensor turn(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& cos, const at::Tensor& sin, double eps, bool halves) {
  RECORD_FUNCTION("turn", {});
  auto fused = (can_fuse({&x}) || can_fuse_recorded({&x, &weight})) && cos.scalar_type() == at::kFloat && cos.device().is_cpu() && x.size(-1) % 2 == 0 &&
               x.size(-1) <= longest_head && (x.dim() == 3 || x.dim() == 4) && cos.stride(-1) == 1 && sin.stride(-1) == 1;
  if (turns_narrow(x, weight, cos, sin, halves)) {
    return turn_narrow(x, cos, sin);
  }
  if (!fused) {
    return turn_plainly(x, weight, cos, sin, eps, halves);
  }
  TORCH_CHECK(!weight.defined() || weight.numel() == x.size(-1), "turn: ", weight.numel(), " weights for heads of ", x.size(-1));
  auto heads = four(x.stride(-1) == 1 ? x : x.contiguous());
  return Turn::apply(heads, if_defined(weight), cos, sin, eps, halves).view(x.sizes());
}

}  // namespace

OP(turn, (T x, T weight, T cos, T sin, double eps, bool halves), turn(*x, or_undefined(weight), *cos, *sin, eps, halves))
