namespace OmniGen2.Imaging;

/// <summary>What the VAE decoded becomes a picture: stretched where the request asks for it, then 8 bits.</summary>
public static class PostProcess
{
    /// <param name="decoded">Planes of about −1 … 1.</param>
    /// <param name="bf16">The decoder ran in bf16: each operation up to the clamp rounds to it, as in the original.</param>
    public static RgbImage ToImage(FloatImage decoded, bool bf16 = false)
    {
        var image = new RgbImage(decoded.Width, decoded.Height);
        var plane = decoded.Width * decoded.Height;
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var value = decoded.Values[i % 3 * plane + i / 3];
            var unit = bf16 ? Bf16(Bf16(Bf16(value) * 0.5f) + 0.5f) : value * 0.5f + 0.5f;
            // Half to even; what is not a number becomes black.
            image.Pixels[i] = (byte)MathF.Round(Math.Clamp(float.IsNaN(unit) ? 0 : unit, 0, 1) * 255);
        }

        return image;
    }

    /// <summary>Stretches to the size, then as above.</summary>
    public static RgbImage ToImage(FloatImage decoded, int width, int height, bool bf16 = false) =>
        ToImage(Interpolate(decoded, width, height), bf16);

    /// <summary>Bilinear, corners not aligned, no antialiasing; in fp32 with torch's order of operations.</summary>
    public static FloatImage Interpolate(FloatImage image, int width, int height)
    {
        if ((image.Width, image.Height) == (width, height))
        {
            return image;
        }

        var columns = Neighbours(image.Width, width);
        var rows = Neighbours(image.Height, height);
        var result = new FloatImage(width, height);
        var to = 0;
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = image.Values.AsSpan(channel * image.Width * image.Height, image.Width * image.Height);
            foreach (var (top, bottom, down) in rows)
            {
                var above = plane.Slice(top * image.Width, image.Width);
                var below = plane.Slice(bottom * image.Width, image.Width);
                foreach (var (left, right, across) in columns)
                {
                    var upper = (1 - across) * above[left] + across * above[right];
                    var lower = (1 - across) * below[left] + across * below[right];
                    result.Values[to++] = (1 - down) * upper + down * lower;
                }
            }
        }

        return result;
    }

    private static (int First, int Second, float Weight)[] Neighbours(int from, int to)
    {
        var scale = (float)from / to;
        var neighbours = new (int, int, float)[to];
        for (var i = 0; i < to; i++)
        {
            var position = Math.Max(0, scale * (i + 0.5f) - 0.5f);
            var first = Math.Min((int)position, from - 1);
            neighbours[i] = (first, Math.Min(first + 1, from - 1), Math.Clamp(position - first, 0, 1));
        }

        return neighbours;
    }

    private static float Bf16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000);
    }
}
