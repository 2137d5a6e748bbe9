namespace OmniGen2.Imaging;

/// <summary>Turns and mirrors a picture as EXIF's orientation value 1 … 8 asks; other values mean "as stored".</summary>
internal static class Orientation
{
    public static RgbImage Apply(RgbImage image, int? value)
    {
        var (width, height) = (image.Width, image.Height);
        var (right, bottom) = (width - 1, (height - 1) * width);
        // Pixel at which the upright picture starts, and the steps to its next column and row.
        var (start, column, row) = value switch
        {
            2 => (right, -1, width),
            3 => (right + bottom, -1, -width),
            4 => (bottom, 1, -width),
            5 => (0, width, 1),
            6 => (bottom, -width, 1),
            7 => (right + bottom, -width, -1),
            8 => (right, width, -1),
            _ => (0, 1, width),
        };
        if ((start, column) == (0, 1))
        {
            return image;
        }

        var upright = value >= 5 ? new RgbImage(height, width) : new RgbImage(width, height);
        var to = 0;
        for (var y = 0; y < upright.Height; y++)
        {
            for (var x = 0; x < upright.Width; x++, to += 3)
            {
                image.Pixels.AsSpan((start + x * column + y * row) * 3, 3).CopyTo(upright.Pixels.AsSpan(to));
            }
        }

        return upright;
    }
}
