using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Two tensors, or a tensor and a number, with their in-place twins: a flat list.
    public sealed partial class Tensor
    {
        private static readonly Scalar One = 1;

        public Tensor add(Tensor target) => ts_add(this, target, One);
        public Tensor add(Tensor target, Scalar alpha) => ts_add(this, target, alpha);
        public Tensor add(Scalar scalar) => ts_add_s(this, scalar, One);
        public Tensor add(Scalar scalar, Scalar alpha) => ts_add_s(this, scalar, alpha);
        public Tensor add_(Tensor target) => Self(ts_add_(this, target, One));
        public Tensor add_(Tensor target, Scalar alpha) => Self(ts_add_(this, target, alpha));
        public Tensor add_(Scalar scalar) => Self(ts_add_s_(this, scalar, One));
        public Tensor add_(Scalar scalar, Scalar alpha) => Self(ts_add_s_(this, scalar, alpha));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => ts_div(this, target, (int)rounding_mode);
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => ts_div_s(this, target, (int)rounding_mode);
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Self(ts_div_(this, target, (int)rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Self(ts_div_s_(this, target, (int)rounding_mode));

        public Tensor floor_divide(Tensor other) => ts_div(this, other, (int)RoundingMode.floor);
        public Tensor floor_divide(Scalar other) => ts_div_s(this, other, (int)RoundingMode.floor);

        public Tensor sub(Tensor target) => ts_sub(this, target);
        public Tensor sub(Scalar target) => ts_sub_s(this, target);
        public Tensor sub_(Tensor target) => Self(ts_sub_(this, target));
        public Tensor sub_(Scalar target) => Self(ts_sub_s_(this, target));

        public Tensor mul(Tensor target) => ts_mul(this, target);
        public Tensor mul(Scalar target) => ts_mul_s(this, target);
        public Tensor mul_(Tensor target) => Self(ts_mul_(this, target));
        public Tensor mul_(Scalar target) => Self(ts_mul_s_(this, target));

        public Tensor pow(Tensor exponent) => ts_pow(this, exponent);
        public Tensor pow(Scalar exponent) => ts_pow_s(this, exponent);
        public Tensor pow_(Tensor exponent) => Self(ts_pow_(this, exponent));
        public Tensor pow_(Scalar exponent) => Self(ts_pow_s_(this, exponent));

        public Tensor remainder(Tensor target) => ts_remainder(this, target);
        public Tensor remainder(Scalar scalar) => ts_remainder_s(this, scalar);
        public Tensor remainder_(Tensor target) => Self(ts_remainder_(this, target));
        public Tensor remainder_(Scalar scalar) => Self(ts_remainder_s_(this, scalar));

        public Tensor fmod(Tensor target) => ts_fmod(this, target);
        public Tensor fmod(Scalar scalar) => ts_fmod_s(this, scalar);
        public Tensor fmod_(Tensor target) => Self(ts_fmod_(this, target));
        public Tensor fmod_(Scalar scalar) => Self(ts_fmod_s_(this, scalar));

        public Tensor bitwise_and(Tensor other) => ts_bitwise_and(this, other);
        public Tensor bitwise_and_(Tensor other) => Self(ts_bitwise_and_(this, other));

        public Tensor bitwise_or(Tensor other) => ts_bitwise_or(this, other);
        public Tensor bitwise_or_(Tensor other) => Self(ts_bitwise_or_(this, other));

        public Tensor bitwise_xor(Tensor other) => ts_bitwise_xor(this, other);
        public Tensor bitwise_xor_(Tensor other) => Self(ts_bitwise_xor_(this, other));

        public Tensor logical_and(Tensor other) => ts_logical_and(this, other);
        public Tensor logical_and_(Tensor other) => Self(ts_logical_and_(this, other));

        public Tensor logical_or(Tensor other) => ts_logical_or(this, other);
        public Tensor logical_or_(Tensor other) => Self(ts_logical_or_(this, other));

        public Tensor logical_xor(Tensor other) => ts_logical_xor(this, other);
        public Tensor logical_xor_(Tensor other) => Self(ts_logical_xor_(this, other));

        public Tensor atan2(Tensor other) => ts_atan2(this, other);
        public Tensor atan2_(Tensor other) => Self(ts_atan2_(this, other));

        public Tensor maximum(Tensor other) => ts_maximum(this, other);

        public Tensor minimum(Tensor other) => ts_minimum(this, other);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => ts_clamp(this, min ?? default, max ?? default);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => ts_clamp_t(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Self(ts_clamp_(this, min ?? default, max ?? default));
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Self(ts_clamp_t_(this, min, max));
        public Tensor clamp_min(Scalar min) => ts_clamp(this, min, default);
        public Tensor clamp_min_(Scalar min) => Self(ts_clamp_(this, min, default));
        public Tensor clamp_max(Scalar max) => ts_clamp(this, default, max);
        public Tensor clamp_max_(Scalar max) => Self(ts_clamp_(this, default, max));

        public Tensor lerp(Tensor end, Tensor weight) => ts_lerp(this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => Self(ts_lerp_(this, end, weight));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => ts_addcmul(this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Self(ts_addcmul_(this, tensor1, tensor2, value));
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => ts_addcdiv(this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Self(ts_addcdiv_(this, tensor1, tensor2, value));

        public Tensor fill_(Scalar value) => Self(ts_fill_(this, value));

        public Tensor zero_() => Self(ts_zero_(this));
    }
}
