// Linear layers whose weights are kept in 8 bits, a scale for each output. Inputs are brought into 8 bits row by row, so that products and sums are whole numbers.
#include "int8.h"
#include "fused.h"

namespace {

// Sums of 255 · 127 stay below 2³¹.
constexpr int64_t most_inputs = 65536;

std::vector<const Int8Kernels*> levels() {
  std::vector<const Int8Kernels*> all = {&int8_baseline::kernels};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    all.push_back(&int8_avx2::kernels);
    if (__builtin_cpu_supports("avxvnni")) {
      all.push_back(&int8_avxvnni::kernels);
    }
  }
  if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
    all.push_back(&int8_avx512vnni::kernels);
  }
#endif
  return all;
}

// All that this processor has, the best one last.
const std::vector<const Int8Kernels*>& known_levels() {
  static const auto known = levels();
  return known;
}

int64_t pieces(int64_t count, int64_t size) { return (count + size - 1) / size; }

// A panel's weights in 8 bits, with its scales and sums.
void pack_panel(const at::Tensor& rows, int8_t* to, float* scales, int32_t* sums) {
  auto inputs = rows.size(1);
  std::vector<int8_t> bits(inputs);
  for (int64_t output = 0; output < rows.size(0); output++) {
    scales[output] = known_levels().back()->code_weights(data<float>(rows) + output * inputs, bits.data(), inputs, sums + output);
    for (int64_t i = 0; i < inputs; i += panel_inputs) {
      std::memcpy(to + i / panel_inputs * panel_step + output * panel_inputs, bits.data() + i, std::min(panel_inputs, inputs - i));
    }
  }
}

// From [out, in]: panels in 8 bits, and of each output the scale and the sum of the 8 bits, [2, panels · 16], the sums as the bits of whole numbers.
std::pair<at::Tensor, at::Tensor> pack(const at::Tensor& weight) {
  TORCH_CHECK(weight.dim() == 2 && weight.size(1) <= most_inputs, "weights of 8 bits are [out, in] with at most ", most_inputs, " inputs, not ", weight.sizes());
  auto panels = pieces(weight.size(0), panel_outputs);
  auto quads = pieces(weight.size(1), panel_inputs);
  auto packed = at::zeros({panels, quads, panel_outputs, panel_inputs}, at::kChar);
  auto factors = at::zeros({2, panels * panel_outputs}, at::kFloat);
  at::parallel_for(0, panels, 1, [&](int64_t from, int64_t to) {
    for (int64_t panel = from; panel < to; panel++) {
      auto first = panel * panel_outputs;
      auto rows = weight.narrow(0, first, std::min(panel_outputs, weight.size(0) - first)).to(at::kCPU, at::kFloat).contiguous();
      pack_panel(rows, data<int8_t>(packed) + panel * quads * panel_step, data<float>(factors) + first, data<int32_t>(factors[1]) + first);
    }
  });
  return {packed, factors};
}

template <class E> const Int8Rows<E>& rows_of(const Int8Kernels& kernels) {
  if constexpr (std::is_same_v<E, float>) {
    return kernels.f32;
  } else {
    return kernels.b16;
  }
}

struct Codes {
  at::Tensor bits;
  std::vector<RowCode> rows;
};

template <class E> Codes encode(const Int8Rows<E>& kernels, const at::Tensor& x, int64_t quads) {
  auto count = x.size(-1);
  auto rows = x.numel() / count;
  auto result = Codes{at::empty({rows, quads * panel_inputs}, at::kByte), std::vector<RowCode>(rows)};
  for_rows(rows, count, [&](int64_t row) {
    kernels.encode(data<E>(x) + row * count, data<uint8_t>(result.bits) + row * quads * panel_inputs, count, &result.rows[row]);
  });
  return result;
}

// Neighbouring panels stay in the second cache while the rows go by.
template <class E> void multiply(const Int8Kernels& kernels, Int8Product<E> whole, int64_t panels) {
  auto together = kernels.panels;
  at::parallel_for(0, pieces(panels, together), std::max<int64_t>(1, grain(whole.rows * whole.quads * panel_step * together / 64)), [&](int64_t from, int64_t to) {
    for (int64_t piece = from; piece < to; piece++) {
      auto part = whole;
      auto first = piece * together * panel_outputs;
      part.panels = std::min(together, panels - piece * together);
      part.weights += piece * together * whole.quads * panel_step;
      part.scales += first;
      part.sums += first;
      part.bias = whole.bias == nullptr ? nullptr : whole.bias + first;
      part.to += first;
      part.outputs = std::min(together * panel_outputs, whole.outputs - first);
      rows_of<E>(kernels).multiply(part);
    }
  });
}

at::Tensor linear(const at::Tensor& input, const at::Tensor& packed, const at::Tensor& factors, const at::Tensor& bias, int64_t outputs, int64_t level) {
  RECORD_FUNCTION("int8_linear", {});
  TORCH_CHECK(can_fuse({&input}), "weights of 8 bits multiply fp32 and bf16 on the CPU, without gradients");
  auto& known = known_levels();
  TORCH_CHECK(level < static_cast<int64_t>(known.size()), "this processor has ", known.size(), " levels of products of 8 bits");
  auto& kernels = level < 0 ? *known.back() : *known[level];
  auto x = input.contiguous();
  auto quads = packed.size(1);
  TORCH_CHECK(pieces(x.size(-1), panel_inputs) == quads, "the layer has ", quads * panel_inputs, " inputs, not ", x.size(-1));
  auto plus = bias.defined() ? bias.to(at::kFloat).contiguous() : bias;
  auto size = x.sizes().vec();
  size.back() = outputs;
  auto result = at::empty(size, x.options());
  by_type(x, [&](auto&, auto e) {
    using E = decltype(e);
    auto codes = encode<E>(rows_of<E>(kernels), x, quads);
    Int8Product<E> product = {data<uint8_t>(codes.bits), codes.rows.data(), static_cast<int64_t>(codes.rows.size()), data<int8_t>(packed), 0, quads,
                              data<float>(factors), data<int32_t>(factors[1]), data<float>(plus), data<E>(result), outputs, outputs};
    multiply(kernels, product, packed.size(0));
  });
  return result;
}

}  // namespace

API void ts_int8_pack(T weight, T* packed, T* factors) { make_two(packed, factors, [&] { return pack(*weight); }); }
OP(int8_linear, (T x, T packed, T factors, T bias, int64_t outputs, int64_t level), linear(*x, *packed, *factors, or_undefined(bias), outputs, level))
API int64_t ts_int8_levels() { return static_cast<int64_t>(known_levels().size()); }
API const char* ts_int8_level() { return known_levels().back()->name; }
