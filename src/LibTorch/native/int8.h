// Products of weights in 8 bits. As in kernels.h the same code exists once per level of the instruction set; sums are whole numbers, and what
// is computed in fp32 is never contracted or reordered, so that every level gives the same bits.
#pragma once
#include "kernels.h"

// Weights lie in panels of 16 outputs: for each four inputs 16 times four numbers side by side, the last panel and the last four filled up with zeros.
constexpr int64_t panel_outputs = 16;
constexpr int64_t panel_inputs = 4;
constexpr int64_t panel_step = panel_outputs * panel_inputs;

// What the 8 bits of a row of inputs stand for: x = (bits - zero) · step.
struct RowCode {
  float step;
  int32_t zero;
};

// A product of rows of inputs with neighbouring panels of weights.
template <class E> struct Int8Product {
  const uint8_t* x;  // [rows, quads · 4]
  const RowCode* codes;
  int64_t rows;
  const int8_t* weights;  // of the first panel
  int64_t panels;
  int64_t quads;       // of four inputs
  const float* scales;  // of the outputs
  const int32_t* sums;  // of each output's weights
  const float* bias;    // null without one
  E* to;
  int64_t stride;   // of a row of `to`
  int64_t outputs;  // of these panels; the last may have fewer than 16
};

template <class E> struct Int8Rows {
  // Bits for a row of numbers, filled up to whole quads; a row that holds something infinite or no number gets a step that is none.
  void (*encode)(const E* x, uint8_t* to, int64_t count, RowCode* code);
  void (*multiply)(const Int8Product<E>& product);
};

struct Int8Kernels {
  const char* name;
  int64_t panels;  // that go together
  // Bits for an output's weights, and their sum; returns the scale.
  float (*code_weights)(const float* row, int8_t* to, int64_t count, int32_t* sum);
  Int8Rows<float> f32;
  Int8Rows<bf16> b16;
};

namespace int8_baseline { extern const Int8Kernels kernels; }
namespace int8_avx2 { extern const Int8Kernels kernels; }
namespace int8_avxvnni { extern const Int8Kernels kernels; }
namespace int8_avx512vnni { extern const Int8Kernels kernels; }
