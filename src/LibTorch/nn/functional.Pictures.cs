using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Edges and sizes of pictures.
        public static partial class functional
        {
            /// <summary>Amounts come in pairs, from the last dimension backwards: left, right, top, bottom.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => ts_pad(input, pad, (int)mode, value);

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => ts_pad(input, pad, (int)mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                ts_pad(input, (long[])[pad.Item1, pad.Item2], (int)mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                ts_pad(input, (long[])[pad.Item1, pad.Item2, pad.Item3, pad.Item4], (int)mode, value);

            /// <summary>[N, C, H, W] to another height and width, given or as a multiple of the present one.</summary>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (x.dim() != 4 || (size is null) == (scale_factor is null))
                {
                    throw new ArgumentException($"interpolate takes [N, C, H, W], not {x}, and either a size or a scale_factor.");
                }

                var factors = scale_factor is { Length: 1 } ? [scale_factor[0], scale_factor[0]] : scale_factor;
                size = size is { Length: 1 } ? [size[0], size[0]] : size;
                size ??= [(long)Math.Floor(x.size(2) * factors![0]), (long)Math.Floor(x.size(3) * factors[1])];
                var keep = factors is not null && !recompute_scale_factor;
                return ts_upsample(x, size, (int)mode, align_corners ?? false, antialias, keep ? factors![0] : 0, keep ? factors![1] : 0);
            }
        }
    }
}
