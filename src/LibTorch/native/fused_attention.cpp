// Attention of a few hundred tokens through batched products: heads that turn with their positions, softmax with scale and mask,
// and query heads that share a key head. A shares B batch · H query heads · K key heads · S queries · T keys · E head size.
#include "fused.h"

#include <ATen/autocast_mode.h>

#include <cstring>
#include <limits>

namespace {

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

// A mask as numbers to add, in the type of what it is added to.
at::Tensor additive(const at::Tensor& mask, const at::Tensor& x) {
  if (!mask.defined()) {
    return mask;
  }
  return mask.scalar_type() != at::kBool ? mask.to(x.scalar_type())
                                         : at::zeros(mask.sizes(), x.options()).masked_fill(mask.logical_not(), -std::numeric_limits<double>::infinity());
}

// Where the rows of a [.., .., S, E] tensor lie; three dimensions are taken for four.
at::Tensor four(const at::Tensor& t) { return t.dim() == 3 ? t.unsqueeze(0) : t; }

// Copies heads of any layout into heads of another.
void copy_heads(const at::Tensor& from, const at::Tensor& to) {
  if (from.stride(-1) != 1 || to.stride(-1) != 1) {
    to.copy_(from);
    return;
  }
  auto bytes = from.element_size();
  auto heads = from.size(1);
  at::parallel_for(0, from.size(0) * heads, grain(from.size(2) * from.size(3)), [&](int64_t first, int64_t last) {
    for (int64_t i = first; i < last; i++) {
      auto read = static_cast<const char*>(from.data_ptr()) + (i / heads * from.stride(0) + i % heads * from.stride(1)) * bytes;
      auto write = static_cast<char*>(to.data_ptr()) + (i / heads * to.stride(0) + i % heads * to.stride(1)) * bytes;
      for (int64_t row = 0; row < from.size(2); row++) {
        std::memcpy(write + row * to.stride(2) * bytes, read + row * from.stride(2) * bytes, from.size(3) * bytes);
      }
    }
  });
}

// [B, H, S, E], the rows of a head side by side.
at::Tensor by_head(const at::Tensor& heads) {
  if (heads.is_contiguous()) {
    return heads;
  }
  auto result = at::empty(heads.sizes(), heads.options());
  copy_heads(heads, result);
  return result;
}

// [B, H, S, E] seen, [B, S, H, E] stored: the layout that linear layers read and write.
at::Tensor by_token(const at::Tensor& heads) {
  auto result = at::empty({heads.size(0), heads.size(2), heads.size(1), heads.size(3)}, heads.options()).transpose(1, 2);
  copy_heads(heads, result);
  return result;
}

at::Tensor softmax_scaled(const at::Tensor& x, double scale, const at::Tensor& mask) {
  RECORD_FUNCTION("softmax_scaled", {});
  auto add = additive(mask, x);
  if (!can_fuse({&x, &add})) {
    auto wide = (x.scalar_type() == at::kDouble ? x : x.to(at::kFloat)).mul(scale);
    return at::softmax(add.defined() ? wide.add(add) : wide, -1).to(x.scalar_type());
  }
  auto from = x.contiguous();
  auto result = at::empty_like(from);
  softmax_rows(from, add, result, scale);
  return result;
}

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

at::Tensor turn(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& cos, const at::Tensor& sin, double eps, bool halves) {
  RECORD_FUNCTION("turn", {});
  auto fused = (can_fuse({&x}) || can_fuse_recorded({&x, &weight})) && cos.scalar_type() == at::kFloat && cos.device().is_cpu() && x.size(-1) % 2 == 0 &&
               x.size(-1) <= longest_head && (x.dim() == 3 || x.dim() == 4) && cos.stride(-1) == 1 && sin.stride(-1) == 1;
  if (!fused) {
    return turn_plainly(x, weight, cos, sin, eps, halves);
  }
  TORCH_CHECK(!weight.defined() || weight.numel() == x.size(-1), "turn: ", weight.numel(), " weights for heads of ", x.size(-1));
  auto heads = four(x.stride(-1) == 1 ? x : x.contiguous());
  return Turn::apply(heads, if_defined(weight), cos, sin, eps, halves).view(x.sizes());
}

// q [B, H, S, E] · k, v [B, K, T, E] → [B, H, S, E], stored token by token.
struct Attention : torch::autograd::Function<Attention> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, Optional<at::Tensor> mask, double scale) {
    auto q = by_head(query), k = by_head(key), v = by_head(value);
    auto batch = q.size(0), heads = q.size(1), length = q.size(2), size = q.size(3), key_heads = k.size(1), keys = k.size(2);
    auto pairs = batch * key_heads;
    q = q.view({pairs, -1, size});           // [B·K, G·S, E]
    k = k.view({pairs, keys, size});
    v = v.view({pairs, keys, size});
    auto shares = q.bmm(k.transpose(1, 2));  // [B·K, G·S, T]
    softmax_rows(shares.view({batch, key_heads, -1, length, keys}), mask.has_value() ? additive(*mask, q) : at::Tensor(), shares, scale);
    context->save_for_backward({q, k, v, shares});
    context->saved_data["scale"] = scale;
    return by_token(shares.bmm(v).view({batch, heads, length, size})).transpose(1, 2);  // [B, S, H, E]
  }

  static variable_list backward(AutogradContext* context, variable_list slopes) {
    RECORD_FUNCTION("attention_backward", {});
    refuse_second_order();
    auto saved = context->get_saved_variables();
    auto &q = saved[0], &k = saved[1], &v = saved[2], &shares = saved[3];
    auto batch = slopes[0].size(0), length = slopes[0].size(1), heads = slopes[0].size(2), size = slopes[0].size(3), keys = k.size(1);
    auto scale = static_cast<float>(context->saved_data["scale"].toDouble());
    auto dy = by_head(slopes[0].transpose(1, 2)).view(q.sizes());
    auto dv = shares.transpose(1, 2).bmm(dy);
    auto slope = dy.bmm(v.transpose(1, 2));  // [B·K, G·S, T], by shares, then by scores
    by_type(slope, [&](auto& rows, auto e) {
      using E = decltype(e);
      for_rows(slope.numel() / keys, keys, [&](int64_t row) { rows.softmax_backward(data<E>(shares) + row * keys, data<E>(slope) + row * keys, keys, scale); });
    });
    auto dq = slope.bmm(k).view({batch, heads, length, size});
    auto dk = slope.transpose(1, 2).bmm(q).view({batch, -1, keys, size});
    return {dq, dk, by_token(dv.view({batch, -1, keys, size})), at::Tensor(), at::Tensor()};
  }
};

// Heads of a group become more rows of one product, so that keys and values are never repeated.
at::Tensor grouped_attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask, double scale) {
  RECORD_FUNCTION("grouped_attention", {});
  auto bias = mask.defined() ? mask.unsqueeze(1) : mask;  // [B, 1, 1, S, T]
  if (can_fuse_recorded({&q, &k, &v})) {
    auto type = autocast_type(q);
    // The products below are of this type already; autocast would only look at each again.
    c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKey::AutocastCPU);
    return Attention::apply(q.to(type), k.to(type), v.to(type), if_defined(bias), scale).transpose(1, 2);
  }
  auto batch = q.size(0), heads = q.size(1), length = q.size(2), size = q.size(3), key_heads = k.size(1), keys = k.size(2);
  auto queries = q.reshape({batch * key_heads, -1, size});
  auto scores = queries.bmm(k.reshape({batch * key_heads, keys, size}).transpose(1, 2));
  auto shares = softmax_scaled(scores.view({batch, key_heads, -1, length, keys}), scale, bias);
  return shares.view({batch * key_heads, -1, keys}).bmm(v.reshape({batch * key_heads, keys, size})).view({batch, heads, length, size});
}

}  // namespace

void softmax_rows(const at::Tensor& x, const at::Tensor& mask, const at::Tensor& to, double scale) {
  auto width = x.size(-1);
  auto stretched = mask.defined() ? mask.contiguous().expand(x.sizes()) : mask;
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
      rows.softmax(data<E>(x) + row * width, mask_row, data<E>(to) + row * width, room.data(), width, static_cast<float>(scale));
    });
  });
}

OP(softmax_scaled, (T x, double scale, T mask), softmax_scaled(*x, scale, or_undefined(mask)))
OP(turn, (T x, T weight, T cos, T sin, double eps, bool halves), turn(*x, or_undefined(weight), *cos, *sin, eps, halves))
OP(grouped_attention, (T q, T k, T v, T mask, double scale), grouped_attention(*q, *k, *v, or_undefined(mask), scale))
