using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Measures a supposed object by drawing it where it should be and comparing.</summary>
internal static class Redraw
{
    private const int Size = Grid.PictureSize;

    /// <summary>The mean difference inside the shape, outline and edge left out: what tells colours and patterns apart.</summary>
    public static float CoreError(RgbImage picture, SceneObject look)
    {
        var sprite = Sprite.Of(look);
        var (error, count) = (0f, 0);
        foreach (var from in sprite.Form.Core)
        {
            if (TryPlace(look, from, out var to))
            {
                error += Error(picture.Pixels.AsSpan(to * 3, 3), sprite.Rgb.AsSpan(from * 3, 3), 1, default);
                count++;
            }
        }

        return count == 0 ? float.MaxValue : error / count;
    }

    /// <summary>The whole difference over the object's patch, painted over the background; what belongs to other regions is left out.</summary>
    public static float PatchError(RgbImage picture, ReadOnlySpan<float> backdrop, Regions regions, Region region, SceneObject look)
    {
        var sprite = Sprite.Of(look);
        var error = 0f;
        for (var from = 0; from < Sprite.Side * Sprite.Side; from++)
        {
            if (TryPlace(look, from, out var to) && !regions.IsOther(to, region))
            {
                error += Error(picture.Pixels.AsSpan(to * 3, 3), sprite.Rgb.AsSpan(from * 3, 3), sprite.Form.Alpha[from], backdrop.Slice(to * 3, 3));
            }
        }

        return error;
    }

    private static float Error(ReadOnlySpan<byte> seen, ReadOnlySpan<float> drawn, float alpha, ReadOnlySpan<float> behind)
    {
        var error = 0f;
        for (var channel = 0; channel < 3; channel++)
        {
            var value = alpha >= 1 ? drawn[channel] : behind[channel] + (alpha * (drawn[channel] - behind[channel]));
            error += MathF.Abs(seen[channel] - value);
        }

        return error;
    }

    private static bool TryPlace(SceneObject look, int from, out int to)
    {
        var (x, y) = (look.X - Sprite.Reach + (from % Sprite.Side), look.Y - Sprite.Reach + (from / Sprite.Side));
        to = (y * Size) + x;
        return x is >= 0 and < Size && y is >= 0 and < Size;
    }
}
