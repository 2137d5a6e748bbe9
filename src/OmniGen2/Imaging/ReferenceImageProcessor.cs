namespace OmniGen2.Imaging;

/// <summary>Brings a reference picture to the size and range that the VAE encodes, as OmniGen2's image processor does.</summary>
public static class ReferenceImageProcessor
{
    /// <summary>Sides are multiples of this: eight from the VAE, two from the transformer's patches.</summary>
    public const int Multiple = 16;

    /// <summary>Never larger than the picture, at most <paramref name="maxPixels"/> and <paramref name="maxSide"/>; no crop, so the aspect shifts a little.</summary>
    public static (int Width, int Height) TargetSize(int width, int height, long maxPixels, int maxSide)
    {
        var ratio = Math.Min(1, Math.Min(Math.Sqrt(maxPixels / (double)((long)width * height)), maxSide / (double)Math.Max(width, height)));
        return (Floor(width, ratio), Floor(height, ratio));
    }

    public static FloatImage Process(RgbImage image, long maxPixels = 1024 * 1024, int maxSide = 1024) =>
        Normalize(Resize(image, maxPixels, maxSide));

    public static RgbImage Resize(RgbImage image, long maxPixels, int maxSide)
    {
        var (width, height) = TargetSize(image.Width, image.Height, maxPixels, maxSide);
        return width > 0 && height > 0
            ? PillowResize.Resize(image, width, height, ResizeFilter.Lanczos)
            : throw new ModelException(
                $"A reference picture of {image.Width} × {image.Height} pixels would become {width} × {height}: use one whose shorter side keeps at least {Multiple} pixels.");
    }

    /// <summary>0 … 255 to −1 … 1, planes instead of pixels.</summary>
    public static FloatImage Normalize(RgbImage image)
    {
        var result = new FloatImage(image.Width, image.Height);
        var plane = image.Width * image.Height;
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            result.Values[i % 3 * plane + i / 3] = 2 * (image.Pixels[i] / 255f) - 1;
        }

        return result;
    }

    // Cut to an integer first, then to the multiple: the order decides at the edges.
    internal static int Floor(int side, double ratio) => (int)(side * ratio) / Multiple * Multiple;
}
