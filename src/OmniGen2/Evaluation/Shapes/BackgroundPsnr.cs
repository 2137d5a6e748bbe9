using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>How faithfully an edited picture keeps what was not to change, in decibels against the drawn target.</summary>
public static class BackgroundPsnr
{
    private const int Size = Grid.PictureSize;
    private const int SmallestChange = 6;
    private const int Margin = 4;

    /// <summary>Null for an edit of the background, of which nothing is to stay.</summary>
    public static double? Of(EditTask task, RgbImage result)
    {
        if (result.Width != Size || result.Height != Size)
        {
            throw new ModelException($"An edit is measured at {Size} × {Size} pixels; this picture is {result.Width} × {result.Height}. Resize it first.");
        }

        if (task.Kind == EditKind.Background)
        {
            return null;
        }

        var target = ScenePainter.Paint(task.Target).Pixels;
        var changed = Changed(ScenePainter.Paint(task.Source).Pixels, target);
        var (sum, count) = (0.0, 0);
        for (var value = 0; value < target.Length; value++)
        {
            if (!changed[value / 3])
            {
                var difference = target[value] - result.Pixels[value];
                sum += difference * difference;
                count++;
            }
        }

        return Psnr.FromSquares(sum, count);
    }

    /// <summary>The pixels that the edit changes, and a margin around them.</summary>
    private static bool[] Changed(byte[] source, byte[] target)
    {
        var changed = new bool[Size * Size];
        for (var value = 0; value < source.Length; value++)
        {
            if (Math.Abs(source[value] - target[value]) > SmallestChange)
            {
                Mark(changed, value / 3);
            }
        }

        return changed;
    }

    private static void Mark(bool[] changed, int pixel)
    {
        var (x, y) = (pixel % Size, pixel / Size);
        var (left, right) = (Math.Max(0, x - Margin), Math.Min(Size - 1, x + Margin));
        for (var row = Math.Max(0, y - Margin); row <= Math.Min(Size - 1, y + Margin); row++)
        {
            changed.AsSpan((row * Size) + left, right - left + 1).Fill(true);
        }
    }
}
