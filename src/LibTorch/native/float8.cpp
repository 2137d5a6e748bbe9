// Linear layers whose weights and inputs are brought into fp8 (e4m3: a sign, 4 bits of exponent, 3 of mantissa; 448 is the largest), each output and each row of inputs
// with a scale of its own. A GPU of compute capability 8.9 and more multiplies them as they are; the CPU only shows what comes out, slowly.
#include "shim.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr float largest_number = 448;
constexpr uint8_t largest_code = 0x7e;
constexpr uint8_t no_number = 0x7f;

// libtorch multiplies matrices in fp8 whose sides are multiples of this.
constexpr int64_t side = 16;

// The nearest number, of two equally near ones the even one, and the largest one for all beyond.
uint8_t encode(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  auto sign = static_cast<uint8_t>(bits >> 24 & 0x80);
  auto size = std::fabs(x);
  if (std::isnan(x)) {
    return sign | no_number;
  }
  if (size < 0x1p-6f) {
    return sign | static_cast<uint8_t>(std::nearbyint(size * 0x1p9f));
  }
  bits &= 0x7fffffff;
  bits += 0x7ffff + (bits >> 20 & 1);  // a carry makes the next exponent
  auto code = (bits >> 20) - ((127 - 7) << 3);
  return sign | static_cast<uint8_t>(std::min<uint32_t>(code, largest_code));
}

float decode(uint8_t code) {
  auto exponent = code >> 3 & 15;
  auto mantissa = code & 7;
  auto size = (code & no_number) == no_number ? std::numeric_limits<float>::quiet_NaN() : exponent == 0 ? mantissa * 0x1p-9f : std::ldexp(8.0f + mantissa, exponent - 10);
  return code & 0x80 ? -size : size;
}

// To [rows, count], codes of fp32 numbers of that shape; `to` may have longer rows.
void write_codes(const at::Tensor& numbers, const at::Tensor& to) {
#if TORCH_AT_LEAST(2, 5)
  if (numbers.is_cuda()) {
    to.view(at::kFloat8_e4m3fn).narrow(1, 0, numbers.size(1)).copy_(numbers);
    return;
  }
#endif
  TORCH_CHECK(numbers.is_cpu(), "libtorch ", TORCH_VERSION, " has no fp8 on this device; 2.5 and newer have it");
  auto from = numbers.contiguous();
  auto count = from.size(1);
  at::parallel_for(0, from.size(0), std::max<int64_t>(1, 32768 / std::max<int64_t>(1, count)), [&](int64_t begin, int64_t end) {
    for (auto row = begin; row < end; row++) {
      auto x = static_cast<const float*>(from.data_ptr()) + row * count;
      auto codes = static_cast<uint8_t*>(to.data_ptr()) + row * to.size(1);
      for (int64_t i = 0; i < count; i++) {
        codes[i] = encode(x[i]);
      }
    }
  });
}

int64_t padded(int64_t count) { return (count + side - 1) / side * side; }

// Of [rows, count]: codes [rows', count'], sides filled up with zeros to multiples of 16 where asked, and scales [rows', 1]. The largest number of a row becomes 448.
std::pair<at::Tensor, at::Tensor> encode_rows(const at::Tensor& x, bool pad_rows) {
  auto rows = pad_rows ? padded(x.size(0)) : x.size(0);
  auto codes = at::zeros({rows, padded(x.size(1))}, x.options().dtype(at::kByte));
  auto scales = (at::linalg_vector_norm(x, std::numeric_limits<double>::infinity(), {1}, true, at::kFloat) / largest_number).clamp_min(std::numeric_limits<float>::min());
  write_codes((x / scales).to(at::kFloat), codes.narrow(0, 0, x.size(0)));
  return {codes, at::constant_pad_nd(scales, {0, 0, 0, rows - x.size(0)}, 1)};
}

std::pair<at::Tensor, at::Tensor> pack(const at::Tensor& weight) {
  TORCH_CHECK(weight.dim() == 2, "weights in fp8 are [out, in], not ", weight.sizes());
  return encode_rows(weight, true);
}

at::Tensor decode_rows(const at::Tensor& codes, const at::Tensor& scales) {
  auto table = at::empty({256}, at::kFloat);
  for (int code = 0; code < 256; code++) {
    static_cast<float*>(table.data_ptr())[code] = decode(static_cast<uint8_t>(code));
  }
  return table.to(codes.device()).index_select(0, codes.flatten().to(at::kLong)).view(codes.sizes()) * scales;
}

// Codes [rows, in'] and weights' [out', in'] with their scales, to [rows, out'].
at::Tensor multiply(const at::Tensor& x, const at::Tensor& x_scales, const at::Tensor& weights, const at::Tensor& scales) {
  if (x.is_cpu()) {
    return decode_rows(x, x_scales).matmul(decode_rows(weights, scales).t());
  }
#if TORCH_AT_LEAST(2, 5)
  auto type = at::kFloat8_e4m3fn;
  return at::_scaled_mm(x.view(type), weights.view(type).t(), x_scales, scales.view({1, -1}), {}, {}, at::kBFloat16, true);
#else
  TORCH_CHECK(false, "libtorch ", TORCH_VERSION, " has no products in fp8; 2.5 and newer have them");
#endif
}

at::Tensor linear(const at::Tensor& input, const at::Tensor& weights, const at::Tensor& scales, const at::Tensor& bias, int64_t inputs, int64_t outputs) {
  TORCH_CHECK(input.dim() > 0 && input.size(-1) == inputs, "the layer has ", inputs, " inputs, not ", input.sizes());
  auto size = input.sizes().vec();
  size.back() = outputs;
  auto x = encode_rows(input.reshape({-1, inputs}), false);
  auto result = multiply(x.first, x.second, weights, scales).narrow(1, 0, outputs).contiguous().to(input.scalar_type()).view(size);
  return bias.defined() ? result + bias.to(result.scalar_type()) : result;
}

}  // namespace

API void ts_float8_pack(T weight, T* packed, T* scales) { make_two(packed, scales, [&] { return pack(*weight); }); }
OP(float8_unpack, (T packed, T scales), decode_rows(*packed, *scales))
OP(float8_linear, (T x, T packed, T scales, T bias, int64_t inputs, int64_t outputs), linear(*x, *packed, *scales, or_undefined(bias), inputs, outputs))
API bool ts_float8_compiled() { return TORCH_AT_LEAST(2, 5); }
