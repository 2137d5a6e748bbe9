using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Functions of every element by itself, with their in-place twins: a flat list.
    public sealed partial class Tensor
    {
        public Tensor abs() => ts_abs(this);
        public Tensor abs_() => Self(ts_abs_(this));

        public Tensor neg() => ts_neg(this);
        public Tensor neg_() => Self(ts_neg_(this));

        public Tensor sign() => ts_sign(this);
        public Tensor sign_() => Self(ts_sign_(this));

        public Tensor square() => ts_square(this);

        public Tensor reciprocal() => ts_reciprocal(this);
        public Tensor reciprocal_() => Self(ts_reciprocal_(this));

        public Tensor sqrt() => ts_sqrt(this);
        public Tensor sqrt_() => Self(ts_sqrt_(this));

        public Tensor rsqrt() => ts_rsqrt(this);
        public Tensor rsqrt_() => Self(ts_rsqrt_(this));

        public Tensor exp() => ts_exp(this);
        public Tensor exp_() => Self(ts_exp_(this));

        public Tensor exp2() => ts_exp2(this);
        public Tensor exp2_() => Self(ts_exp2_(this));

        public Tensor expm1() => ts_expm1(this);
        public Tensor expm1_() => Self(ts_expm1_(this));

        public Tensor log() => ts_log(this);
        public Tensor log_() => Self(ts_log_(this));

        public Tensor log2() => ts_log2(this);
        public Tensor log2_() => Self(ts_log2_(this));

        public Tensor log10() => ts_log10(this);
        public Tensor log10_() => Self(ts_log10_(this));

        public Tensor log1p() => ts_log1p(this);
        public Tensor log1p_() => Self(ts_log1p_(this));

        public Tensor sin() => ts_sin(this);
        public Tensor sin_() => Self(ts_sin_(this));

        public Tensor cos() => ts_cos(this);
        public Tensor cos_() => Self(ts_cos_(this));

        public Tensor tan() => ts_tan(this);
        public Tensor tan_() => Self(ts_tan_(this));

        public Tensor asin() => ts_asin(this);
        public Tensor asin_() => Self(ts_asin_(this));

        public Tensor acos() => ts_acos(this);
        public Tensor acos_() => Self(ts_acos_(this));

        public Tensor atan() => ts_atan(this);
        public Tensor atan_() => Self(ts_atan_(this));

        public Tensor sinh() => ts_sinh(this);
        public Tensor sinh_() => Self(ts_sinh_(this));

        public Tensor cosh() => ts_cosh(this);
        public Tensor cosh_() => Self(ts_cosh_(this));

        public Tensor tanh() => ts_tanh(this);
        public Tensor tanh_() => Self(ts_tanh_(this));

        public Tensor floor() => ts_floor(this);
        public Tensor floor_() => Self(ts_floor_(this));

        public Tensor ceil() => ts_ceil(this);
        public Tensor ceil_() => Self(ts_ceil_(this));

        public Tensor trunc() => ts_trunc(this);
        public Tensor trunc_() => Self(ts_trunc_(this));

        public Tensor frac() => ts_frac(this);
        public Tensor frac_() => Self(ts_frac_(this));

        public Tensor erf() => ts_erf(this);
        public Tensor erf_() => Self(ts_erf_(this));

        public Tensor erfc() => ts_erfc(this);
        public Tensor erfc_() => Self(ts_erfc_(this));

        public Tensor erfinv() => ts_erfinv(this);
        public Tensor erfinv_() => Self(ts_erfinv_(this));

        public Tensor sigmoid() => ts_sigmoid(this);
        public Tensor sigmoid_() => Self(ts_sigmoid_(this));

        public Tensor relu() => ts_relu(this);
        public Tensor relu_() => Self(ts_relu_(this));

        public Tensor silu() => ts_silu(this);
        public Tensor silu_() => Self(ts_silu_(this));

        public Tensor logical_not() => ts_logical_not(this);
        public Tensor logical_not_() => Self(ts_logical_not_(this));

        public Tensor bitwise_not() => ts_bitwise_not(this);
        public Tensor bitwise_not_() => Self(ts_bitwise_not_(this));

        public Tensor negative() => neg();

        public Tensor round(long decimals = 0) => ts_round(this, decimals);
        public Tensor round_(long decimals = 0) => Self(ts_round_(this, decimals));

        public Tensor isnan() => ts_isnan(this);

        public Tensor isinf() => ts_isinf(this);

        public Tensor isfinite() => ts_isfinite(this);

        public Tensor nan_to_num(double nan = 0) => ts_nan_to_num(this, nan);

        public Tensor gelu() => ts_gelu(this, false);

        public Tensor gelu(Modules.GELU.Approximate approximate) => ts_gelu(this, approximate == Modules.GELU.Approximate.tanh);

        public Tensor softplus(double beta = 1, double threshold = 20) => ts_softplus(this, beta, threshold);

        public Tensor leaky_relu(Scalar negative_slope) => ts_leaky_relu(this, negative_slope);

        public Tensor softmax(long dim, ScalarType? dtype = null) => ts_softmax(this, dim, Code(dtype));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => ts_log_softmax(this, dim, Code(dtype));
    }
}
