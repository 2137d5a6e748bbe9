using OmniGen2.Imaging;

namespace OmniGen2.Training.Folder;

/// <summary>Pixels of a picture as it is trained on.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    private const int Multiple = ReferenceImageProcessor.Multiple;

    // A side loses at most an eighth of itself, so that pictures of nearly the same form share a size and fit into one batch.
    private const int Parts = 8;

    /// <summary>
    /// The size for a picture: the original's rule (never larger, at most so many pixels, no longer side), then cut down to one of few sizes.
    /// </summary>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="maxPixels">Of the result.</param>
    /// <param name="maxSide">Of the result.</param>
    /// <param name="name">How the picture is called in error messages.</param>
    public static PictureSize Of(int width, int height, int maxPixels, int maxSide, string name = "The picture")
    {
        var (fittingWidth, fittingHeight) = ReferenceImageProcessor.TargetSize(width, height, maxPixels, maxSide);
        return fittingWidth > 0 && fittingHeight > 0
            ? new PictureSize(Snap(fittingWidth), Snap(fittingHeight))
            : throw new ModelException($"{name} of {width} × {height} pixels would become {fittingWidth} × {fittingHeight}: use one whose shorter side keeps at least {Multiple} pixels.");
    }

    /// <summary>Shrinks a picture until it just covers this size, and cuts off what stands over, half on either side.</summary>
    public RgbImage Fit(RgbImage picture)
    {
        var ratio = Math.Max(Width / (double)picture.Width, Height / (double)picture.Height);
        var (width, height) = (Math.Max(Width, (int)Math.Round(picture.Width * ratio)), Math.Max(Height, (int)Math.Round(picture.Height * ratio)));
        var resized = PillowResize.Resize(picture, width, height, ResizeFilter.Lanczos);
        var (left, top) = ((width - Width) / 2, (height - Height) / 2);
        if ((width, height) == (Width, Height))
        {
            return resized;
        }

        var cropped = new RgbImage(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            resized.Row(y + top).Slice(left * 3, Width * 3).CopyTo(cropped.Row(y));
        }

        return cropped;
    }

    public override string ToString() => $"{Width}x{Height}";

    private static int Snap(int side)
    {
        var step = Multiple;
        while (step * 2 * Parts <= side)
        {
            step *= 2;
        }

        return side / step * step;
    }
}
