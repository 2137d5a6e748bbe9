// What a language model lives on while it writes: one row through all weights, and one query over all keys. The product takes as long as memory needs to
// bring the weights, where libtorch's own, made for many rows, takes two to three times as long in bf16.
#include "fused_token.h"

#include <atomic>

namespace {

bool is_one_row(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  return x.scalar_type() == at::kBFloat16 && x.dim() > 0 && x.numel() == x.size(-1) && weight.dim() == 2 && weight.size(1) == x.size(-1) && weight.is_contiguous() &&
      (!bias.defined() || (bias.is_contiguous() && bias.numel() == weight.size(0))) && can_fuse({&x, &weight, &bias});
}

const float* widen(const bf16* x, int64_t count) {
  thread_local std::vector<float> wide;
  wide.resize(std::max<size_t>(wide.size(), count));
  for (int64_t i = 0; i < count; i++) {
    uint32_t bits = static_cast<uint32_t>(x[i]) << 16;
    std::memcpy(&wide[i], &bits, sizeof bits);
  }
  return wide.data();
}

// Each thread takes the next rows when it is done with some: one that wakes up late finds less to do, and nobody waits for it.
at::Tensor one_row(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  RECORD_FUNCTION("one_row_linear", {});
  constexpr int64_t together = 64;
  auto outputs = weight.size(0);
  auto inputs = weight.size(1);
  auto size = x.sizes().vec();
  size.back() = outputs;
  auto result = at::empty(size, x.options());
  auto row = x.contiguous();
  auto wide = widen(data<bf16>(row), inputs);
  auto from_bias = data<bf16>(bias);
  std::atomic<int64_t> next{0};
  auto workers = std::min<int64_t>(at::get_num_threads(), std::max<int64_t>(1, outputs / std::max(grain(inputs), together)));
  at::parallel_for(0, workers, 1, [&](int64_t, int64_t) {
    for (auto from = next.fetch_add(together); from < outputs; from = next.fetch_add(together)) {
      best().b16.products(wide, data<bf16>(weight) + from * inputs, from_bias == nullptr ? nullptr : from_bias + from, data<bf16>(result) + from,
                          std::min(together, outputs - from), inputs);
    }
  });
  return result;
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  return is_one_row(x, weight, bias) ? one_row(x, weight, bias) : at::linear(x, weight, if_defined(bias));
}

}  // namespace

bool is_one_token(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask) {
  return q.dim() == 4 && q.size(2) == 1 && !mask.defined() && q.size(3) <= longest_head && k.stride(-1) == 1 && v.stride(-1) == 1 && can_fuse({&q, &k, &v});
}

at::Tensor attend_one_token(const at::Tensor& query, const at::Tensor& k, const at::Tensor& v, double scale) {
  RECORD_FUNCTION("attend_one_token", {});
  auto q = query.contiguous();
  auto result = at::empty(q.sizes(), q.options());
  auto key_heads = k.size(1), group = q.size(1) / key_heads, size = q.size(3);
  by_type(q, [&](auto& rows, auto e) {
    using E = decltype(e);
    at::parallel_for(0, k.size(0) * key_heads, grain(group * k.size(2) * size / 16), [&](int64_t first, int64_t last) {
      thread_local std::vector<float> room;
      room.resize(std::max<size_t>(room.size(), k.size(2)));
      for (int64_t i = first; i < last; i++) {
        auto outer = i / key_heads, inner = i % key_heads;
        rows.attend_one_token({data<E>(q) + i * group * size, data<E>(k) + outer * k.stride(0) + inner * k.stride(1), data<E>(v) + outer * v.stride(0) + inner * v.stride(1),
                               group, k.size(2), size, k.stride(2), v.stride(2), static_cast<float>(scale)},
                              data<E>(result) + i * group * size, room.data());
      }
    });
  });
  return result;
}

OP(linear, (T x, T weight, T bias), linear(*x, *weight, or_undefined(bias)))
