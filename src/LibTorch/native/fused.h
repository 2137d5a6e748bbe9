// What the files of fused operators share.
#pragma once
#include "shim.h"
#include "kernels.h"

#include <ATen/Parallel.h>
#include <ATen/record_function.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <functional>

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The kernels of this processor.
const Kernels& best();

// Whether all are on the CPU, in the first one's type, fp32 or bf16, and no gradient is recorded.
bool can_fuse(std::initializer_list<const at::Tensor*> all);

// Whether gradients are recorded for any of them, and all are on the CPU in fp32 or bf16.
bool can_fuse_recorded(std::initializer_list<const at::Tensor*> all);

// The type that autocast computes products in on the CPU, or that of x without autocast.
at::ScalarType autocast_type(const at::Tensor& x);

// Slopes of slopes are nowhere wanted and have no kernels: better an error than zeros.
void refuse_second_order();

template <class E> E* data(const at::Tensor& t) { return t.defined() ? static_cast<E*>(t.data_ptr()) : nullptr; }

// Calls body(rows of the element type, a value of that type).
template <class F> void by_type(const at::Tensor& x, F&& body) {
  if (x.scalar_type() == at::kFloat) {
    body(best().f32, float());
  } else {
    body(best().b16, bf16());
  }
}

// About 16 thousand elements a piece: below that, waking another thread costs more than it brings.
inline int64_t grain(int64_t width) { return std::max<int64_t>(1, 16384 / std::max<int64_t>(1, width)); }

void for_rows(int64_t rows, int64_t width, const std::function<void(int64_t)>& body);

// A scale of [B, 1.., D] over x of [B, .., D]: one row of it serves x.numel / scale.numel rows.
bool is_row_scale(const at::Tensor& x, const at::Tensor& scale);

inline Optional<at::Tensor> if_defined(const at::Tensor& t) { return t.defined() ? Optional<at::Tensor>(t) : Optional<at::Tensor>(); }

// softmax(x · scale + mask) row by row, from contiguous x into `to`, which may be x; a mask is of x's type and stretches to its shape.
void softmax_rows(const at::Tensor& x, const at::Tensor& mask, const at::Tensor& to, double scale);
