using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Which of the twelve backgrounds a picture has.</summary>
internal static class BackgroundReader
{
    private const int Size = Grid.PictureSize;
    private const int FrameWidth = 5;

    // An object covers at most a part of the frame; beyond this a pixel tells nothing more about the background.
    private const float MostPerPixel = 60;

    /// <summary>The background that fits best where objects seldom are: along the border and between the cells.</summary>
    public static Background Nearest(RgbImage picture) => World.Backgrounds.MinBy(each => FrameDistance(picture, Backdrop.Of(each)));

    private static float FrameDistance(RgbImage picture, ReadOnlySpan<float> backdrop)
    {
        var sum = 0f;
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (!IsFrame(x) && !IsFrame(y))
                {
                    continue;
                }

                var at = ((y * Size) + x) * 3;
                for (var channel = at; channel < at + 3; channel++)
                {
                    sum += MathF.Min(MathF.Abs(picture.Pixels[channel] - backdrop[channel]), MostPerPixel);
                }
            }
        }

        return sum;
    }

    private static bool IsFrame(int position) => position is < FrameWidth or >= Size - FrameWidth or (>= 40 and <= 45) or (>= 83 and <= 87);
}
