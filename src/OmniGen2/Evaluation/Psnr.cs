namespace OmniGen2.Evaluation;

/// <summary>Peak signal-to-noise ratio of 8-bit pictures, in decibels.</summary>
public static class Psnr
{
    /// <summary>Reported where nothing differs, so that means stay finite.</summary>
    public const double Most = 100;

    /// <summary>Of two pictures of the same size.</summary>
    public static double Of(RgbImage wanted, RgbImage picture)
    {
        if ((wanted.Width, wanted.Height) != (picture.Width, picture.Height))
        {
            throw new ModelException($"A picture of {picture.Width} × {picture.Height} pixels is compared with one of {wanted.Width} × {wanted.Height}: resize it first.");
        }

        var sum = 0.0;
        for (var value = 0; value < wanted.Pixels.Length; value++)
        {
            var difference = wanted.Pixels[value] - picture.Pixels[value];
            sum += difference * difference;
        }

        return FromSquares(sum, wanted.Pixels.Length);
    }

    /// <param name="sum">Of the squared differences.</param>
    /// <param name="count">How many there are.</param>
    public static double FromSquares(double sum, long count) => sum == 0 ? Most : 10 * Math.Log10(255.0 * 255.0 * count / sum);
}
