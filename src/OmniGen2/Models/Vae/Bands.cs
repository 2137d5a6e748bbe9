using OmniGen2.Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Vae;

// B batch · C channels · G groups · H W feature map · R rows of a band

/// <summary>
/// The parts of the autoencoder that make copies of large feature maps, a band of rows at a time: each band sees the rows beside it that a convolution
/// needs, and norms use the whole map's mean and variance, so there is no seam, only rounding. What is saved are the copies between the steps of a part.
/// </summary>
internal static class Bands
{
    /// <summary>From this many numbers in a map on it goes through in bands: 512 × 512 pixels of 128 channels are twice as many.</summary>
    public const long DefaultLargest = 16L << 20;

    private const long BandNumbers = 4L << 20;

    /// <summary>Whether a map is worth it; never while gradients are recorded.</summary>
    public static bool Suit(Tensor x, long largest) => x.numel() > largest && !is_grad_enabled();

    /// <summary>Convolution (3 × 3, padded by 1) of the activated norm, as the three of them one after the other.</summary>
    public static Tensor NormSiluConv(Tensor x, GroupNorm norm, Conv2d conv, long largest)
    {
        using var scope = NewDisposeScope();
        var (scale, shift) = Statistics(x, norm, largest);                                           // [B, C, 1, 1]
        return Convolve(x, conv, 1, largest, rows => silu(rows.to_type(scale.dtype).mul(scale).add_(shift)).to_type(x.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>Convolution (3 × 3, padded by 1) of the map at twice its size.</summary>
    public static Tensor EnlargeConv(Tensor x, Conv2d conv, long largest) =>
        Convolve(x, conv, 2, largest, rows => interpolate(rows, scale_factor: [2, 2], mode: InterpolationMode.Nearest));

    /// <summary>A convolution of what is made of each band of rows. The band reaches one row over on both sides, so that no row of the result looks beyond it.</summary>
    private static Tensor Convolve(Tensor x, Conv2d conv, int enlarged, long largest, Func<Tensor, Tensor> prepare)
    {
        var height = x.shape[2];
        var rows = Rows(x, largest);
        Tensor? result = null;
        for (var start = 0L; start < height; start += rows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, height - start);
            var (first, last) = (Math.Max(0, start - 1), Math.Min(height, start + count + 1));
            var done = conv.Forward(prepare(x.narrow(2, first, last - first)));
            if (result is null)
            {
                result = Map(done, height * enlarged).MoveToOuterDisposeScope();
            }

            result.narrow(2, start * enlarged, count * enlarged).copy_(done.narrow(2, (start - first) * enlarged, count * enlarged));
        }

        return result!;
    }

    /// <summary>The norm as a factor and a summand for each channel, [B, C, 1, 1] in fp32 or wider. The variance is taken around the mean, in a second walk.</summary>
    private static (Tensor Scale, Tensor Shift) Statistics(Tensor x, GroupNorm norm, long largest)
    {
        var wide = x.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (batch, channels, groups) = (x.shape[0], x.shape[1], norm.Groups);
        var size = (double)x.numel() / (batch * groups);
        var mean = Sum(x, groups, largest, band => band.to_type(wide)) / size;                       // [B, G, 1]
        var variance = Sum(x, groups, largest, band => band.to_type(wide).sub(mean).square()) / size;
        var factor = (variance + norm.Eps).rsqrt().expand(batch, groups, channels / groups).reshape(batch, channels, 1, 1);
        var middle = mean.expand(batch, groups, channels / groups).reshape(batch, channels, 1, 1);
        var scale = factor * norm.Weight.to_type(wide).view(1, channels, 1, 1);
        return (scale, norm.Bias.to_type(wide).view(1, channels, 1, 1) - (middle * scale));
    }

    private static Tensor Sum(Tensor x, int groups, long largest, Func<Tensor, Tensor> of)
    {
        var rows = Rows(x, largest);
        var sum = zeros([x.shape[0], groups, 1], dtype: x.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32, device: x.device);
        for (var start = 0L; start < x.shape[2]; start += rows)
        {
            using var scope = NewDisposeScope();
            var band = x.narrow(2, start, Math.Min(rows, x.shape[2] - start)).reshape(x.shape[0], groups, -1);
            sum.add_(of(band).sum(-1, keepdim: true));
        }

        return sum;
    }

    /// <summary>As the band, but of all rows; the channels of a pixel lie together where they do in the band.</summary>
    private static Tensor Map(Tensor band, long height) => band.stride(1) == 1
        ? empty([band.shape[0], height, band.shape[3], band.shape[1]], dtype: band.dtype, device: band.device).permute(0, 3, 1, 2)
        : empty([band.shape[0], band.shape[1], height, band.shape[3]], dtype: band.dtype, device: band.device);

    private static long Rows(Tensor x, long largest) => Math.Max(1, Math.Min(BandNumbers, largest) * x.shape[2] / x.numel());
}
