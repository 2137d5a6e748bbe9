// Row kernels of the fused operators. The same code exists once per level of the instruction set, each in its own namespace;
// `Kernels` is the table of one level. bfloat16 travels as its 16 bits: these files must include no library's headers, or inline
// functions compiled for AVX-512 could end up in the whole program.
#pragma once
#include <cstdint>

using bf16 = uint16_t;

template <class E> struct Rows {
  void (*silu_mul)(const E* a, const E* b, E* to, int64_t count);
  // to = x / rms(x) · weight (· (1 + scale)); weight and scale may be null
  void (*rms_norm)(const E* x, const E* weight, const E* scale, E* to, int64_t count, float eps);
  // to = softmax(x · scale + mask); mask may be null; row is room for count numbers
  void (*softmax)(const E* x, const E* mask, E* to, float* row, int64_t count, float scale);
  void (*layer_norm)(const E* x, const E* weight, const E* bias, E* to, int64_t count, float eps);
};

struct Kernels {
  Rows<float> f32;
  Rows<bf16> b16;
};

namespace baseline { extern const Kernels kernels; }
namespace avx2 { extern const Kernels kernels; }
namespace avx512 { extern const Kernels kernels; }
