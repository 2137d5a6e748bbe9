// Attention of a single token, for the file of all attention.
#pragma once
#include "fused.h"

// Whether the kernel of one query serves: on the CPU, in fp32 or bf16, unmasked and without gradients.
bool is_one_token(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask);

// q [B, H, 1, E] over k, v [B, K, T, E] of any layout whose rows lie side by side.
at::Tensor attend_one_token(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale);
