using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What this binding offers beyond TorchSharp's names, each with a plain equivalent: fused operators, mixed precision, attention with a scale.</summary>
public static partial class Accelerator
{
    /// <summary>silu(a) · b in one pass.</summary>
    public static Tensor SiluMul(Tensor a, Tensor b) => Native.ts_silu_mul(a, b);

    /// <summary>silu(a) · b of rows [.., 2E] in which a and b lie one behind the other.</summary>
    public static Tensor SiluMulHalves(Tensor both) => Native.ts_silu_mul_halves(both);

    /// <summary>
    /// x / sqrt(mean(x²) + eps) · weight · (1 + scale) over the last dimension, in fp32 inside. A scale is [.., D], or [B, 1.., D] over an x of [B, .., D].
    /// Where gradients are recorded under autocast on the CPU, the result is of autocast's type: what follows is a product, which would narrow it anyway.
    /// </summary>
    public static Tensor RmsNorm(Tensor x, Tensor? weight, double eps, Tensor? scale = null) => Native.ts_rms_norm(x, weight, scale, eps);

    /// <summary>to + gate · norm(x), the norm as in <see cref="RmsNorm"/>. A gate is [B, 1.., D] over an x of [B, .., D].</summary>
    public static Tensor AddNormed(Tensor to, Tensor x, Tensor? weight, double eps, Tensor? gate = null) => Native.ts_add_normed(to, x, weight, gate, eps);

    /// <summary>Over the last dimension, in fp32 inside; weight and bias may be of another type than x.</summary>
    public static Tensor LayerNorm(Tensor x, Tensor? weight, Tensor? bias, double eps) => Native.ts_layer_norm_rows(x, weight, bias, eps);

    /// <summary>softmax(scores · scale + mask) over the last dimension, in fp32 inside. A mask of truths keeps where it is true; one of numbers is added; both stretch to the scores' shape.</summary>
    public static Tensor SoftmaxScaled(Tensor scores, double scale, Tensor? mask = null) => Native.ts_softmax_scaled(scores, scale, mask);

    /// <summary>
    /// Heads [.., S, E] turned by angles [.., S, E/2]: pairs (a, b) become (a·cos − b·sin, b·cos + a·sin), computed in the wider type of the two. With a weight,
    /// they go through a root-mean-square norm first.
    /// </summary>
    /// <param name="x">Any layout; the result's rows lie side by side.</param>
    /// <param name="cos">Stretches to x.</param>
    /// <param name="sin">As the cosine.</param>
    /// <param name="halves">Channel i pairs with channel i + E/2 rather than with its neighbour.</param>
    /// <param name="weight">[E], of the norm.</param>
    /// <param name="eps">Of the norm.</param>
    public static Tensor Turn(Tensor x, Tensor cos, Tensor sin, bool halves, Tensor? weight = null, double eps = 0) => Native.ts_turn(x, weight, cos, sin, eps, halves);

    /// <summary>softmax(q · kᵀ · scale + mask) · v by batched products, where query heads h·G … h·G + G − 1 share key head h.</summary>
    /// <param name="q">[B, G·K, S, E].</param>
    /// <param name="k">[B, K, T, E].</param>
    /// <param name="v">[B, K, T, E].</param>
    /// <param name="mask">[B or 1, 1, S or 1, T], as in <see cref="SoftmaxScaled"/>.</param>
    /// <param name="scale">Of the scores.</param>
    /// <returns>[B, G·K, S, E].</returns>
    public static Tensor GroupedAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, double scale) => Native.ts_grouped_attention(q, k, v, mask, scale);

    /// <summary>libtorch's own attention, with a scale other than 1/sqrt(size).</summary>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask = null, double? scale = null, bool causal = false) =>
        Native.ts_attention(query, key, value, mask, 0, causal, scale ?? 0);

    /// <summary>The same elements laid out pixel by pixel, which convolutions on the CPU read faster.</summary>
    public static Tensor ChannelsLast(Tensor x) => Native.ts_channels_last(x);

    /// <summary>Until disposed, products on the device run in the narrow type whatever their operands are; null switches it off.</summary>
    public static ThreadMode Autocast(ScalarType? dtype, DeviceType device = DeviceType.CPU) => ThreadMode.Autocast(device, dtype);

    /// <summary>The same bytes read as another type of elements.</summary>
    public static Tensor Reinterpret(Tensor x, ScalarType dtype) => Native.ts_view_dtype(x, (sbyte)dtype);

    /// <summary>The bytes themselves, without a copy, of a contiguous tensor in the machine's own memory.</summary>
    public static Span<byte> Bytes(Tensor tensor) => tensor.bytes;

    /// <summary>libtorch's version and how it was built: instruction set, BLAS, threads.</summary>
    public static string Describe() => $"libtorch {__version__}\n{Marshal.PtrToStringUTF8(Native.ts_build())}";
}
