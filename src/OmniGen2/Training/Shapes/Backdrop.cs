namespace OmniGen2.Training.Shapes;

/// <summary>The twelve backgrounds, each painted once.</summary>
internal static class Backdrop
{
    private const int Size = Grid.PictureSize;
    private const float WaterLine = 71.5f;

    private static readonly Star[] Stars = NightStars();

    private static readonly float[][] All = [.. World.Backgrounds.Select(Paint)];

    /// <summary>128 × 128 × 3 values of 0 to 255; shared, so to be read only.</summary>
    public static ReadOnlySpan<float> Of(Background background) => All[(int)background];

    private static float[] Paint(Background background)
    {
        var pixels = new float[Size * Size * 3];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                ColourAt(background, x, y).Clamp().Store(pixels.AsSpan(((y * Size) + x) * 3, 3));
            }
        }

        return pixels;
    }

    private static Rgb ColourAt(Background background, int x, int y) => background switch
    {
        Background.Meadow => Meadow(x, y),
        Background.NightSky => Night(x, y),
        Background.Sunset => Gradient(y, (0, new(90, 60, 140)), (.45f, new(235, 110, 110)), (.8f, new(252, 190, 100)), (1, new(255, 220, 140))),
        Background.Sea => Sea(x, y),
        _ => Palette.OfPlain(background) * (1.03f - (0.06f * y / Size)),
    };

    private static Rgb Meadow(int x, int y)
    {
        var sky = Gradient(y, (0, new(120, 185, 245)), (.62f, new(205, 232, 252)));
        var grass = Gradient(y, (.6f, new(120, 200, 90)), (1, new(70, 150, 60)));
        var horizon = 80 + (4 * MathF.Sin(x / 20f));
        return Rgb.Mix(sky, grass, Math.Clamp(y - horizon + 0.5f, 0, 1));
    }

    private static Rgb Sea(int x, int y)
    {
        if (y < WaterLine)
        {
            return Gradient(y, (0, new(190, 225, 250)), (.5f, new(235, 245, 250)));
        }

        var water = Gradient(y, (.55f, new(60, 150, 205)), (1, new(20, 80, 150)));
        var wave = (y - 72 + (1.6f * MathF.Sin(x / 6f))) % 14;
        var light = y > 76 ? 28 * Math.Clamp(1 - (MathF.Abs(wave - 7) / 1.2f), 0, 1) : 0;
        return water + new Rgb(light, light, light);
    }

    private static Rgb Night(int x, int y)
    {
        var sky = Gradient(y, (0, new(14, 18, 56)), (1, new(48, 52, 110)));
        foreach (var star in Stars)
        {
            var distance = MathF.Sqrt(((x - star.X) * (x - star.X)) + ((y - star.Y) * (y - star.Y)));
            sky = Rgb.Mix(sky, new Rgb(250, 245, 215), star.Brightness * Math.Clamp(1.25f - (0.8f * distance), 0, 1));
        }

        return sky;
    }

    private static Star[] NightStars()
    {
        const int count = 34;
        var random = SceneRandom.ForTraining(seed: 0, index: 0);
        return [.. Enumerable.Range(0, count).Select(_ => new Star(Place(), Place(), 0.5f + (0.5f * (float)random.Unit())))];

        float Place() => 2 + (124 * (float)random.Unit());
    }

    /// <summary>A vertical blend between colours at shares of the height; beyond the first and the last nothing changes.</summary>
    private static Rgb Gradient(int y, params ReadOnlySpan<(float At, Rgb Colour)> stops)
    {
        var height = y / (float)Size;
        for (var next = 0; next < stops.Length; next++)
        {
            if (height >= stops[next].At)
            {
                continue;
            }

            return next == 0
                ? stops[0].Colour
                : Rgb.Mix(stops[next - 1].Colour, stops[next].Colour, (height - stops[next - 1].At) / (stops[next].At - stops[next - 1].At));
        }

        return stops[^1].Colour;
    }

    private readonly record struct Star(float X, float Y, float Brightness);
}
