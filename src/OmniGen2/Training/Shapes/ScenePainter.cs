using System.Buffers;

namespace OmniGen2.Training.Shapes;

/// <summary>Draws a scene; the same scene gives the same bytes on every thread.</summary>
public static class ScenePainter
{
    private const int Size = Grid.PictureSize;

    public static RgbImage Paint(Scene scene)
    {
        var backdrop = Backdrop.Of(scene.Background);
        var canvas = ArrayPool<float>.Shared.Rent(backdrop.Length);
        backdrop.CopyTo(canvas);
        foreach (var each in scene.Objects)
        {
            Paste(canvas, each);
        }

        var picture = new RgbImage(Size, Size);
        for (var index = 0; index < picture.Pixels.Length; index++)
        {
            picture.Pixels[index] = (byte)Math.Clamp(MathF.Round(canvas[index]), 0, 255);
        }

        ArrayPool<float>.Shared.Return(canvas);
        return picture;
    }

    private static void Paste(Span<float> canvas, SceneObject placed)
    {
        var sprite = Sprite.Of(placed);
        var (left, top) = (placed.X - Sprite.Reach, placed.Y - Sprite.Reach);
        for (var y = Math.Max(0, -top); y < Math.Min(Sprite.Side, Size - top); y++)
        {
            for (var x = Math.Max(0, -left); x < Math.Min(Sprite.Side, Size - left); x++)
            {
                var from = (y * Sprite.Side) + x;
                var to = (((top + y) * Size) + left + x) * 3;
                var alpha = sprite.Form.Alpha[from];
                for (var channel = 0; channel < 3; channel++)
                {
                    canvas[to + channel] += alpha * (sprite.Rgb[(from * 3) + channel] - canvas[to + channel]);
                }
            }
        }
    }
}
