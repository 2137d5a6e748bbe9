namespace OmniGen2.Imaging;

/// <summary>Resizes exactly as Pillow up to version 12: integer weights, rows first, an 8-bit picture in between.</summary>
public static class PillowResize
{
    // Below this many multiplications the start of parallel work costs more than it saves.
    private const long ParallelWork = 4_000_000;

    /// <summary>An axis whose size stays is not resampled; with both unchanged the picture itself is returned.</summary>
    public static RgbImage Resize(RgbImage image, int width, int height, ResizeFilter filter)
    {
        if (width < 1 || height < 1)
        {
            throw new ModelException($"A picture cannot be resized to {width} × {height} pixels: both sides must be at least 1.");
        }

        if (width != image.Width)
        {
            image = Rows(image, ResizeWeights.Make(image.Width, width, filter));
        }

        return height == image.Height ? image : Columns(image, ResizeWeights.Make(image.Height, height, filter));
    }

    private static RgbImage Rows(RgbImage image, ResizeWeights[] weights)
    {
        var result = new RgbImage(weights.Length, image.Height);
        ForEach(image.Height, (long)result.Pixels.Length * weights[0].Values.Length, y =>
        {
            var from = image.Row(y);
            var to = result.Row(y);
            for (var x = 0; x < weights.Length; x++)
            {
                var taps = weights[x].Values;
                var source = from[(weights[x].First * 3)..];
                int red = ResizeWeights.Half, green = ResizeWeights.Half, blue = ResizeWeights.Half;
                for (var k = 0; k < taps.Length; k++)
                {
                    red += source[k * 3] * taps[k];
                    green += source[k * 3 + 1] * taps[k];
                    blue += source[k * 3 + 2] * taps[k];
                }

                to[x * 3] = ResizeWeights.ToByte(red);
                to[x * 3 + 1] = ResizeWeights.ToByte(green);
                to[x * 3 + 2] = ResizeWeights.ToByte(blue);
            }
        });
        return result;
    }

    private static RgbImage Columns(RgbImage image, ResizeWeights[] weights)
    {
        var result = new RgbImage(image.Width, weights.Length);
        ForEach(weights.Length, (long)result.Pixels.Length * weights[0].Values.Length, y =>
        {
            var sums = new int[image.Width * 3];
            Array.Fill(sums, ResizeWeights.Half);
            for (var k = 0; k < weights[y].Values.Length; k++)
            {
                var weight = weights[y].Values[k];
                var from = image.Row(weights[y].First + k);
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] += from[i] * weight;
                }
            }

            var to = result.Row(y);
            for (var i = 0; i < sums.Length; i++)
            {
                to[i] = ResizeWeights.ToByte(sums[i]);
            }
        });
        return result;
    }

    private static void ForEach(int count, long work, Action<int> row)
    {
        if (work >= ParallelWork)
        {
            Parallel.For(0, count, row);
            return;
        }

        for (var y = 0; y < count; y++)
        {
            row(y);
        }
    }
}
