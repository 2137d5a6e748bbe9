using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>
/// The values a background takes within a pixel of each place. A horizon a pixel too high, or a soft one, is no object: on the sea's
/// sharp water line a painted picture would otherwise show a bar from side to side.
/// </summary>
internal sealed class Envelope
{
    private const int Size = Grid.PictureSize;

    private static readonly Envelope[] All = [.. World.Backgrounds.Select(each => new Envelope(Backdrop.Of(each)))];

    private readonly float[] _lowest;
    private readonly float[] _highest;

    private Envelope(ReadOnlySpan<float> backdrop)
    {
        _lowest = backdrop.ToArray();
        _highest = backdrop.ToArray();
        for (var value = 0; value < backdrop.Length; value++)
        {
            var (x, y, channel) = (value / 3 % Size, value / 3 / Size, value % 3);
            for (var row = Math.Max(0, y - 1); row <= Math.Min(Size - 1, y + 1); row++)
            {
                for (var column = Math.Max(0, x - 1); column <= Math.Min(Size - 1, x + 1); column++)
                {
                    var near = backdrop[(((row * Size) + column) * 3) + channel];
                    _lowest[value] = MathF.Min(_lowest[value], near);
                    _highest[value] = MathF.Max(_highest[value], near);
                }
            }
        }
    }

    public static Envelope Of(Background background) => All[(int)background];

    /// <summary>For every pixel, how far the worst of its channels is outside.</summary>
    public float[] Outside(RgbImage picture)
    {
        var outside = new float[Size * Size];
        for (var value = 0; value < picture.Pixels.Length; value++)
        {
            var seen = picture.Pixels[value];
            outside[value / 3] = MathF.Max(outside[value / 3], MathF.Max(_lowest[value] - seen, seen - _highest[value]));
        }

        return outside;
    }
}
