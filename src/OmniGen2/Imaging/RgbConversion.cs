namespace OmniGen2.Imaging;

/// <summary>Decoded samples to 8-bit RGB as the original's `convert("RGB")`: alpha dropped and not blended, grey replicated, profiles not applied.</summary>
internal static class RgbConversion
{
    public static RgbImage From(ReadOnlySpan<byte> samples, int width, int height, int bands, VipsSample sample, bool cmyk)
    {
        // Of 16 bits the high byte is kept; samples lie in the machine's byte order.
        var bytes = sample == VipsSample.UShort ? 2 : 1;
        var high = bytes == 2 && BitConverter.IsLittleEndian ? 1 : 0;
        var image = new RgbImage(width, height);
        var pixels = image.Pixels;
        var step = bands * bytes;
        if (samples.Length != (long)width * height * step)
        {
            throw new VipsException($"{samples.Length} bytes decoded for {width} × {height} × {bands} samples of {bytes} bytes.");
        }

        var (green, blue) = bands >= 3 ? (bytes, 2 * bytes) : (0, 0);
        for (int from = high, to = 0; to < pixels.Length; from += step, to += 3)
        {
            pixels[to] = samples[from];
            pixels[to + 1] = samples[from + green];
            pixels[to + 2] = samples[from + blue];
        }

        if (cmyk)
        {
            RemoveInk(samples[(3 * bytes + high)..], step, pixels);
        }

        return image;
    }

    /// <summary>Cyan, magenta, yellow in place of R, G, B and black beside them become light: (255 − ink) · (255 − black) / 255, rounded.</summary>
    private static void RemoveInk(ReadOnlySpan<byte> black, int step, byte[] pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            var light = 255 - black[i / 3 * step];
            pixels[i] = (byte)(light - (pixels[i] * light + 127) / 255);
        }
    }
}
