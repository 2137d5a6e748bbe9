using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

// What networks are made of. A flat list, line for line as native/nn.cpp.
internal static partial class Native
{
    [LibraryImport(Shim)] internal static partial Tensor ts_matmul(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_mm(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_mv(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_dot(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_outer(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_bmm(Tensor a, Tensor b);
    [LibraryImport(Shim)] internal static partial Tensor ts_addmm(Tensor x, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Shim)] internal static partial int ts_addmm_(Tensor x, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Shim)] internal static partial Tensor ts_baddbmm(Tensor x, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Shim, StringMarshalling = StringMarshalling.Utf8)] internal static partial Tensor ts_einsum(string equation, TensorList all);
    [LibraryImport(Shim)] internal static partial Tensor ts_linear(Tensor x, Tensor weight, Tensor? bias);
    [LibraryImport(Shim)] internal static partial Tensor ts_embedding(Tensor x, Tensor weight);
    [LibraryImport(Shim)] internal static partial Tensor ts_one_hot(Tensor x, long classes);
    [LibraryImport(Shim)] internal static partial Tensor ts_conv1d(Tensor x, Tensor weight, Tensor? bias, Longs stride, Longs padding, Longs dilation, long groups);
    [LibraryImport(Shim)] internal static partial Tensor ts_conv2d(Tensor x, Tensor weight, Tensor? bias, Longs stride, Longs padding, Longs dilation, long groups);
    [LibraryImport(Shim)] internal static partial Tensor ts_conv3d(Tensor x, Tensor weight, Tensor? bias, Longs stride, Longs padding, Longs dilation, long groups);
    [LibraryImport(Shim)] internal static partial Tensor ts_avg_pool2d(Tensor x, Longs kernel, Longs stride, Longs padding);
    [LibraryImport(Shim)] internal static partial Tensor ts_max_pool2d(Tensor x, Longs kernel, Longs stride, Longs padding);
    [LibraryImport(Shim)] internal static partial Tensor ts_im2col(Tensor x, Longs kernel, Longs dilation, Longs padding, Longs stride);
    [LibraryImport(Shim)] internal static partial Tensor ts_layer_norm(Tensor x, Longs size, Tensor? weight, Tensor? bias, double eps);
    [LibraryImport(Shim)] internal static partial Tensor ts_group_norm(Tensor x, long groups, Tensor? weight, Tensor? bias, double eps);
    [LibraryImport(Shim)] internal static partial Tensor ts_softmax(Tensor x, long dim, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_log_softmax(Tensor x, long dim, sbyte dtype);
    [LibraryImport(Shim)] internal static partial Tensor ts_gelu(Tensor x, Flag tanh);
    [LibraryImport(Shim)] internal static partial Tensor ts_softplus(Tensor x, double beta, double threshold);
    [LibraryImport(Shim)] internal static partial Tensor ts_leaky_relu(Tensor x, Scalar slope);
    [LibraryImport(Shim)] internal static partial Tensor ts_dropout(Tensor x, double p, Flag training);
    [LibraryImport(Shim)] internal static partial Tensor ts_mse_loss(Tensor x, Tensor target, long reduction);
    [LibraryImport(Shim)] internal static partial Tensor ts_l1_loss(Tensor x, Tensor target, long reduction);
    [LibraryImport(Shim)] internal static partial Tensor ts_smooth_l1_loss(Tensor x, Tensor target, long reduction, double beta);
    [LibraryImport(Shim)] internal static partial Tensor ts_cross_entropy(Tensor x, Tensor target, Tensor? weight, long ignore, long reduction, double smoothing);
    [LibraryImport(Shim)] internal static partial Tensor ts_bce_with_logits(Tensor x, Tensor target, Tensor? weight, Tensor? positive, long reduction);
    [LibraryImport(Shim)] internal static partial Tensor ts_pad(Tensor x, Longs by, int mode, double value);
    [LibraryImport(Shim)] internal static partial Tensor ts_upsample(Tensor x, Longs size, int mode, Flag align_corners, Flag antialias, double h, double w);
    [LibraryImport(Shim)] internal static partial Tensor ts_attention(Tensor q, Tensor k, Tensor v, Tensor? mask, double dropout, Flag causal, double scale);
}
