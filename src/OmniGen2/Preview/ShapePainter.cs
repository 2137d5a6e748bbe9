namespace OmniGen2.Preview;

/// <summary>Draws pictures of a gradient and a few ellipses and rectangles in any colours: enough variety to learn colours from.</summary>
internal static class ShapePainter
{
    private const int MaxShapes = 7;

    public static RgbImage Paint(int size, Random random)
    {
        var image = new RgbImage(size, size);
        var (top, bottom) = (Colour(random), Colour(random));
        for (var y = 0; y < size; y++)
        {
            var row = image.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (byte)(top[i % 3] + ((bottom[i % 3] - top[i % 3]) * y / size));
            }
        }

        var shapes = random.Next(MaxShapes + 1);
        for (var i = 0; i < shapes; i++)
        {
            Shape(image, random);
        }

        return image;
    }

    private static void Shape(RgbImage image, Random random)
    {
        var size = image.Width;
        var isEllipse = random.Next(2) == 0;
        var (centreX, centreY) = (random.Next(size), random.Next(size));
        var (radiusX, radiusY) = (random.Next(size / 12, size / 3), random.Next(size / 12, size / 3));
        var colour = Colour(random);
        for (var y = Math.Max(0, centreY - radiusY); y < Math.Min(size, centreY + radiusY); y++)
        {
            for (var x = Math.Max(0, centreX - radiusX); x < Math.Min(size, centreX + radiusX); x++)
            {
                var (dx, dy) = ((double)(x - centreX) / radiusX, (double)(y - centreY) / radiusY);
                if (!isEllipse || (dx * dx) + (dy * dy) < 1)
                {
                    colour.CopyTo(image.Row(y).Slice(x * 3, 3));
                }
            }
        }
    }

    private static byte[] Colour(Random random) => [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
}
