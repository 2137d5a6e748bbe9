namespace OmniGen2.Imaging;

/// <summary>Small versions of pictures for lists and previews.</summary>
public static class Thumbnail
{
    /// <summary>Scales so that the longer side has <paramref name="side"/> pixels; smaller pictures stay as they are unless <paramref name="enlarge"/>.</summary>
    public static RgbImage Fit(RgbImage image, int side, bool enlarge = false)
    {
        var ratio = side / (double)Math.Max(image.Width, image.Height);
        if (ratio > 1 && !enlarge)
        {
            return image;
        }

        var width = Math.Max(1, (int)Math.Round(image.Width * ratio));
        var height = Math.Max(1, (int)Math.Round(image.Height * ratio));
        return PillowResize.Resize(image, width, height, ResizeFilter.Bicubic);
    }

    /// <summary>Fits and encodes.</summary>
    public static byte[] Encode(RgbImage image, int side, ImageFormat format = ImageFormat.WebP, int quality = 80, bool enlarge = false) =>
        ImageFile.Encode(Fit(image, side, enlarge), format, quality);
}
