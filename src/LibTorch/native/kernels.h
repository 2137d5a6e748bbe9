// Row kernels of the fused operators. The same code exists once per level of the instruction set, each in its own namespace;
// `Kernels` is the table of one level. bfloat16 travels as its 16 bits: these files must include no library's headers, or inline
// functions compiled for AVX-512 could end up in the whole program.
#pragma once
#include <cstdint>

using bf16 = uint16_t;

// Heads [rows, size], a row every x_stride elements, that turn by the angles of tables [rows, size / 2], perhaps after a norm.
struct Heads {
  int64_t rows;
  int64_t size;  // at most longest_head
  int64_t x_stride;
  int64_t to_stride;
  int64_t table_stride;
  const float* cos;
  const float* sin;
  const float* weight;  // of the norm; null without one
  float eps;
  bool halves;  // channel i turns with channel i + size / 2, not with its neighbour
};

constexpr int64_t longest_head = 512;

// The queries of a group, [queries, size], over the keys and values that they share, rows of `size` every `stride` elements.
template <class E> struct OneToken {
  const E* q;
  const E* k;
  const E* v;
  int64_t queries;
  int64_t keys;
  int64_t size;  // at most longest_head
  int64_t k_stride;
  int64_t v_stride;
  float scale;
};

template <class E> struct Rows {
  void (*silu_mul)(const E* a, const E* b, E* to, int64_t count);
  // to = x / rms(x) · weight (· (1 + scale)); weight and scale may be null
  void (*rms_norm)(const E* x, const E* weight, const E* scale, E* to, int64_t count, float eps);
  // to = softmax(x · scale + mask); mask may be null; row is room for count numbers; to may be x
  void (*softmax)(const E* x, const E* mask, E* to, float* row, int64_t count, float scale);
  void (*layer_norm)(const E* x, const E* weight, const E* bias, E* to, int64_t count, float eps);

  // to[o] = x · weights[o] (+ bias[o]) for rows of weights one behind the other; bias may be null. As fast as memory gives the weights.
  void (*products)(const float* x, const E* weights, const E* bias, E* to, int64_t outputs, int64_t inputs);
  // to = softmax(q · kᵀ · scale) · v, [queries, size]; row is room for `keys` numbers
  void (*attend_one_token)(const OneToken<E>& all, E* to, float* row);

  // Slopes of the same. dy is what the loss says of the result, dx what follows for the input.
  void (*silu_mul_backward)(const E* a, const E* b, const E* dy, E* da, E* db, int64_t count);
  // d goes from dy to dx in place; y is the softmax
  void (*softmax_backward)(const E* y, E* d, int64_t count, float scale);

  // root: 1 / rms of each row, for the way back; may be null
  void (*turn)(const E* x, E* to, float* root, const Heads& heads);
  // dy lies as `to` did, dx and x as x did; adds to by_weight what follows for the weights
  void (*turn_backward)(const E* dy, const E* x, const float* root, E* dx, float* by_weight, const Heads& heads);
};

// From elements X to elements Y, over rows that lie side by side and share their factors.
template <class X, class Y> struct Norms {
  // to = x / rms(x) · factor (+ add); add may be null
  void (*forward)(const X* x, const float* factor, const Y* add, Y* to, float* root, int64_t rows, int64_t width, float eps);
  // adds to by_factor what follows for the factors
  void (*backward)(const X* x, const Y* dy, const float* root, const float* factor, X* dx, float* by_factor, int64_t rows, int64_t width);
};

// Heads [rows, size] of bf16 that turn by tables [rows, size / 2] of bf16, channel i with channel i + size / 2: every product and sum is rounded, as
// operators one after the other would.
struct NarrowHeads {
  const bf16* x;
  bf16* to;
  const bf16* cos;
  const bf16* sin;
  int64_t rows;
  int64_t size;
  int64_t x_stride;
  int64_t to_stride;
  int64_t table_stride;
};

struct Kernels {
  Rows<float> f32;
  Rows<bf16> b16;
  Norms<float, float> norm_f32;
  Norms<bf16, bf16> norm_b16;
  Norms<float, bf16> norm_f32_b16;
  void (*turn_narrow)(const NarrowHeads& heads);
};

namespace baseline { extern const Kernels kernels; }
namespace avx2 { extern const Kernels kernels; }
namespace avx512 { extern const Kernels kernels; }
