namespace OmniGen2.Evaluation;

/// <summary>Structural similarity of 8-bit pictures, 1 where they are equal: Gaussian windows of 11 × 11 with a deviation of 1.5, as its authors published it, over the brightness.</summary>
public static class Ssim
{
    private const int Radius = 5;
    private const double Deviation = 1.5;
    private const double MeanConstant = 0.01 * 255 * 0.01 * 255;
    private const double VarianceConstant = 0.03 * 255 * 0.03 * 255;

    private static readonly double[] Window = Gaussian();

    /// <summary>Of two pictures of the same size, at least 11 pixels each way.</summary>
    public static double Of(RgbImage wanted, RgbImage picture)
    {
        if ((wanted.Width, wanted.Height) != (picture.Width, picture.Height) || wanted.Width <= 2 * Radius || wanted.Height <= 2 * Radius)
        {
            throw new ModelException($"A picture of {picture.Width} × {picture.Height} pixels is compared with one of {wanted.Width} × {wanted.Height}: both must be of one size, at least {(2 * Radius) + 1} pixels each way.");
        }

        var (x, y, width) = (Brightness(wanted), Brightness(picture), wanted.Width);
        var (meanX, meanY) = (Blur(x, width), Blur(y, width));
        var (squareX, squareY, product) = (Blur(Times(x, x), width), Blur(Times(y, y), width), Blur(Times(x, y), width));
        return Enumerable.Range(0, meanX.Length).Average(i =>
        {
            var (a, b) = (meanX[i], meanY[i]);
            var (varianceX, varianceY, covariance) = (squareX[i] - (a * a), squareY[i] - (b * b), product[i] - (a * b));
            return ((2 * a * b) + MeanConstant) * ((2 * covariance) + VarianceConstant) / (((a * a) + (b * b) + MeanConstant) * (varianceX + varianceY + VarianceConstant));
        });
    }

    private static double[] Brightness(RgbImage image) =>
        [.. Enumerable.Range(0, image.Width * image.Height).Select(i => (0.299 * image.Pixels[3 * i]) + (0.587 * image.Pixels[(3 * i) + 1]) + (0.114 * image.Pixels[(3 * i) + 2]))];

    private static double[] Times(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p * q)];

    // Windows that lie in the picture as a whole: rows first, then columns.
    private static double[] Blur(double[] values, int width)
    {
        var (height, inner) = (values.Length / width, width - (2 * Radius));
        var rows = new double[height * inner];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Weigh(values, (i / inner * width) + (i % inner), 1);
        }

        var result = new double[(height - (2 * Radius)) * inner];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Weigh(rows, i, inner);
        }

        return result;
    }

    private static double Weigh(double[] values, int start, int stride)
    {
        var sum = 0.0;
        for (var k = 0; k < Window.Length; k++)
        {
            sum += Window[k] * values[start + (k * stride)];
        }

        return sum;
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(-Radius, (2 * Radius) + 1).Select(d => Math.Exp(-d * d / (2 * Deviation * Deviation)))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
