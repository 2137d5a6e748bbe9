using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The layers of networks, as functions of their weights.
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => ts_linear(input, weights, bias);

            /// <summary>The rows of <paramref name="weights"/> that <paramref name="x"/> numbers.</summary>
            public static Tensor embedding(Tensor x, Tensor weights) => ts_embedding(x, weights);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => ts_one_hot(x, num_classes);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                ts_conv1d(input, weight, bias, (long[])[stride ?? 1], (long[])[padding ?? 0], (long[])[dilation ?? 1], groups);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                ts_conv2d(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                ts_conv3d(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null) =>
                ts_avg_pool2d(input, kernel_size, stride ?? kernel_size, padding ?? [0]);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null) =>
                ts_max_pool2d(input, kernel_size, strides ?? kernel_size, padding ?? [0]);

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                ts_im2col(input, (long[])[kernel_size, kernel_size], (long[])[dilation, dilation], (long[])[padding, padding], (long[])[stride, stride]);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                ts_layer_norm(input, normalized_shape, weight, bias, eps);

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                ts_group_norm(input, num_groups, weight, bias, eps);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12) =>
                input / ts_norm_dim(input, dim, true, p).clamp_min(eps);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? throw new NotSupportedException("dropout in place is not offered: take its result.") : ts_dropout(input, p, training);

            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false) =>
                ts_attention(query, key, value, attn_mask, p, is_casual, 0);
        }
    }
}
