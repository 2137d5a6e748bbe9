using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>The steps of a picture as one image: small frames side by side, row by row.</summary>
/// <param name="File">WebP.</param>
/// <param name="Frames">How many there are; the last one may not fill its row.</param>
/// <param name="Steps">How many steps they show: one each, or evenly chosen ones of a great many.</param>
public sealed record Film(string File, int Frames, int Steps)
{
    public const int FramesInRow = 10;
    public const int MostBytes = 500_000;
    private const int MostFrames = 100;

    public int Columns => Math.Min(Frames, FramesInRow);

    public int Rows => (Frames + FramesInRow - 1) / FramesInRow;

    /// <summary>How many frames a film of so many steps has.</summary>
    public static int FramesOf(int steps) => Math.Min(steps, MostFrames);

    /// <summary>Which step a frame shows, 1 … <see cref="Steps"/>.</summary>
    public int StepOf(int frame) => StepOf(frame, Frames, Steps);

    /// <summary>Which frame shows a step, or comes nearest before it.</summary>
    public int FrameOf(int step) => Math.Clamp((int)((long)step * Frames / Steps) - 1, 0, Frames - 1);

    /// <summary>At most <see cref="MostBytes"/>; a step without a frame is shown by its neighbour's.</summary>
    /// <param name="frames">In order, not empty; all become as large as the last.</param>
    public static byte[] Encode(IReadOnlyList<(int Step, RgbImage Frame)> frames)
    {
        var steps = frames[^1].Step;
        var count = FramesOf(steps);
        var (width, height) = (frames[^1].Frame.Width, frames[^1].Frame.Height);
        var shown = Enumerable.Range(0, count)
            .Select(i => PillowResize.Resize(frames.MinBy(x => Math.Abs(x.Step - StepOf(i, count, steps))).Frame, width, height, ResizeFilter.Bicubic))
            .ToList();
        for (var quality = 80; ; quality -= 20)
        {
            var film = ImageFile.EncodeWebp(Join(shown), Math.Max(quality, 10), effort: 2);
            if (film.Length <= MostBytes)
            {
                return film;
            }

            if (quality <= 20)
            {
                shown = [.. shown.Select(x => Thumbnail.Fit(x, Math.Max(x.Width, x.Height) / 2))];
            }
        }
    }

    /// <summary>The frames again, with the step that each shows.</summary>
    public IReadOnlyList<(int Step, RgbImage Frame)> Open()
    {
        var film = ImageFile.Open(File);
        var (width, height) = (film.Width / Columns, film.Height / Rows);
        return [.. Enumerable.Range(0, Frames).Select(i => (StepOf(i), Cut(film, i % FramesInRow * width, i / FramesInRow * height, width, height)))];
    }

    private static int StepOf(int frame, int frames, int steps) => (int)Math.Ceiling((frame + 1) * (double)steps / frames);

    private static RgbImage Join(List<RgbImage> frames)
    {
        var (width, height) = (frames[0].Width, frames[0].Height);
        var film = new RgbImage(width * Math.Min(frames.Count, FramesInRow), height * ((frames.Count + FramesInRow - 1) / FramesInRow));
        for (var i = 0; i < frames.Count; i++)
        {
            for (var y = 0; y < height; y++)
            {
                frames[i].Row(y).CopyTo(film.Row(i / FramesInRow * height + y)[(i % FramesInRow * width * 3)..]);
            }
        }

        return film;
    }

    private static RgbImage Cut(RgbImage film, int left, int top, int width, int height)
    {
        var frame = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            film.Row(top + y).Slice(left * 3, width * 3).CopyTo(frame.Row(y));
        }

        return frame;
    }
}
