// Attention of a few hundred tokens through batched products: softmax with scale and mask, and query heads that share a key head. A shares B batch · H query heads · K key heads · S queries · T keys · E head size.
#include "fused_token.h"

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
  if (is_one_token(q, k, v, mask)) {
    return attend_one_token(q, k, v, scale);
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
OP(grouped_attention, (T q, T k, T v, T mask, double scale), grouped_attention(*q, *k, *v, or_undefined(mask), scale))
