// What networks are made of: products, convolutions, norms, activations, attention, losses, resizing.
#include "shim.h"

#if !TORCH_AT_LEAST(2, 0)
#include <cmath>
#endif

OP(matmul, (T a, T b), at::matmul(*a, *b))
OP(mm, (T a, T b), at::mm(*a, *b))
OP(mv, (T a, T b), at::mv(*a, *b))
OP(dot, (T a, T b), at::dot(*a, *b))
OP(outer, (T a, T b), at::outer(*a, *b))
OP(bmm, (T a, T b), at::bmm(*a, *b))
OP(addmm, (T x, T a, T b, double beta, double alpha), at::addmm(*x, *a, *b, beta, alpha))
DO(addmm_, (T x, T a, T b, double beta, double alpha), x->addmm_(*a, *b, beta, alpha))
OP(baddbmm, (T x, T a, T b, double beta, double alpha), at::baddbmm(*x, *a, *b, beta, alpha))
OP(einsum, (const char* equation, Tensors all), at::einsum(equation, all.get()))

OP(embedding, (T x, T weight), at::embedding(*weight, *x))
OP(one_hot, (T x, int64_t classes), at::one_hot(*x, classes))
OP(conv1d, (T x, T weight, T bias, Longs stride, Longs padding, Longs dilation, int64_t groups),
   at::conv1d(*x, *weight, maybe(bias), stride, at::IntArrayRef(padding), dilation, groups))
OP(conv2d, (T x, T weight, T bias, Longs stride, Longs padding, Longs dilation, int64_t groups),
   at::conv2d(*x, *weight, maybe(bias), stride, at::IntArrayRef(padding), dilation, groups))
OP(conv3d, (T x, T weight, T bias, Longs stride, Longs padding, Longs dilation, int64_t groups),
   at::conv3d(*x, *weight, maybe(bias), stride, at::IntArrayRef(padding), dilation, groups))
OP(avg_pool2d, (T x, Longs kernel, Longs stride, Longs padding), at::avg_pool2d(*x, kernel, stride, padding))
OP(max_pool2d, (T x, Longs kernel, Longs stride, Longs padding), at::max_pool2d(*x, kernel, stride, padding))
OP(im2col, (T x, Longs kernel, Longs dilation, Longs padding, Longs stride), at::im2col(*x, kernel, dilation, padding, stride))

OP(layer_norm, (T x, Longs size, T weight, T bias, double eps), at::layer_norm(*x, size, maybe(weight), maybe(bias), eps))
OP(group_norm, (T x, int64_t groups, T weight, T bias, double eps), at::group_norm(*x, groups, maybe(weight), maybe(bias), eps))
OP(softmax, (T x, int64_t dim, int8_t dtype), at::softmax(*x, dim, maybe_type(dtype)))
OP(log_softmax, (T x, int64_t dim, int8_t dtype), at::log_softmax(*x, dim, maybe_type(dtype)))
OP(gelu, (T x, bool tanh), at::gelu(*x, tanh ? "tanh" : "none"))
OP(softplus, (T x, double beta, double threshold), at::softplus(*x, beta, threshold))
OP(leaky_relu, (T x, Number slope), at::leaky_relu(*x, slope.get()))
OP(dropout, (T x, double p, bool training), at::dropout(*x, p, training))

OP(mse_loss, (T x, T target, int64_t reduction), at::mse_loss(*x, *target, reduction))
OP(l1_loss, (T x, T target, int64_t reduction), at::l1_loss(*x, *target, reduction))
OP(smooth_l1_loss, (T x, T target, int64_t reduction, double beta), at::smooth_l1_loss(*x, *target, reduction, beta))
OP(cross_entropy, (T x, T target, T weight, int64_t ignore, int64_t reduction, double smoothing),
   at::cross_entropy_loss(*x, *target, maybe(weight), reduction, ignore, smoothing))
OP(bce_with_logits, (T x, T target, T weight, T positive, int64_t reduction),
   at::binary_cross_entropy_with_logits(*x, *target, maybe(weight), maybe(positive), reduction))

namespace {

at::Tensor pad(const at::Tensor& x, at::IntArrayRef by, int mode, double value) {
  static const char* names[] = {"constant", "reflect", "replicate", "circular", "constant"};
  return at::pad(x, by, names[mode], mode == 4 ? Optional<double>(value) : Optional<double>());
}

at::Tensor upsample(const at::Tensor& x, at::IntArrayRef size, int mode, bool align_corners, bool antialias, Optional<double> h, Optional<double> w) {
  switch (mode) {
    case 0: return at::upsample_nearest2d(x, size, h, w);
    case 6: return at::_upsample_nearest_exact2d(x, size, h, w);
    case 2: return antialias ? at::_upsample_bilinear2d_aa(x, size, align_corners, h, w) : at::upsample_bilinear2d(x, size, align_corners, h, w);
    case 3: return antialias ? at::_upsample_bicubic2d_aa(x, size, align_corners, h, w) : at::upsample_bicubic2d(x, size, align_corners, h, w);
    case 5: return at::adaptive_avg_pool2d(x, size);
    default: TORCH_CHECK(false, "interpolate: this mode is not supported for pictures");
  }
}

at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, Optional<at::Tensor> mask, double dropout, bool causal, double scale) {
#if TORCH_AT_LEAST(2, 1)
  return at::scaled_dot_product_attention(q, k, v, mask, dropout, causal, scale > 0 ? Optional<double>(scale) : Optional<double>());
#else
  auto factor = scale > 0 ? scale : 1 / std::sqrt(static_cast<double>(q.size(-1)));
  auto scores = at::matmul(q, k.transpose(-2, -1)).mul(factor);
  if (causal) {
    auto past = at::ones({q.size(-2), k.size(-2)}, q.options().dtype(at::kBool)).tril();
    scores = scores.masked_fill(past.logical_not(), -std::numeric_limits<double>::infinity());
  }
  if (mask.has_value()) {
    scores = mask->scalar_type() == at::kBool ? scores.masked_fill(mask->logical_not(), -std::numeric_limits<double>::infinity()) : scores.add(*mask);
  }
  return at::matmul(at::dropout(at::softmax(scores, -1), dropout, true), v);
#endif
}

}  // namespace

OP(pad, (T x, Longs by, int mode, double value), pad(*x, by, mode, value))
OP(upsample, (T x, Longs size, int mode, bool align_corners, bool antialias, double h, double w),
   upsample(*x, size, mode, align_corners, antialias, h > 0 ? Optional<double>(h) : Optional<double>(), w > 0 ? Optional<double>(w) : Optional<double>()))
OP(attention, (T q, T k, T v, T mask, double dropout, bool causal, double scale), attention(*q, *k, *v, maybe(mask), dropout, causal, scale))
