using System.Globalization;

namespace OmniGen2.Imaging;

/// <summary>Prepares pictures for the language model as Qwen2.5-VL's (slow) image processor does.</summary>
public sealed class QwenImageProcessor(QwenImageConfig config)
{
    private const int MaxAspect = 200;

    private readonly float[][] _normalized = [.. Enumerable.Range(0, 3).Select(channel => Levels(config, channel))];

    public QwenImageConfig Config => config;

    public static QwenImageProcessor Load(string path) => new(QwenImageConfig.Load(path));

    /// <summary>Nearest multiples of <paramref name="factor"/> within the pixel limits; the two faults carry the original's words.</summary>
    public static (int Height, int Width) SmartResize(int height, int width, int factor, int minPixels, int maxPixels)
    {
        if (height < factor || width < factor)
        {
            throw new ModelException($"height:{height} and width:{width} must be larger than factor:{factor}");
        }

        var aspect = Math.Max(height, width) / (double)Math.Min(height, width);
        if (aspect > MaxAspect)
        {
            throw new ModelException($"absolute aspect ratio must be smaller than {MaxAspect}, got {PythonText(aspect)}");
        }

        var newHeight = Rounded(height, factor);
        var newWidth = Rounded(width, factor);
        var pixels = (double)height * width;
        if ((long)newHeight * newWidth > maxPixels)
        {
            var shrink = Math.Sqrt(pixels / maxPixels);
            return ((int)Math.Floor(height / shrink / factor) * factor, (int)Math.Floor(width / shrink / factor) * factor);
        }

        if ((long)newHeight * newWidth < minPixels)
        {
            var grow = Math.Sqrt(minPixels / pixels);
            return ((int)Math.Ceiling(height * grow / factor) * factor, (int)Math.Ceiling(width * grow / factor) * factor);
        }

        return (newHeight, newWidth);
    }

    public QwenImage Process(RgbImage image) => Patch(Resize(image));

    public RgbImage Resize(RgbImage image)
    {
        var (height, width) = TargetSize(image);
        return PillowResize.Resize(image, width, height, ResizeFilter.Bicubic);
    }

    /// <summary>Image tokens that the picture takes in the prompt.</summary>
    public int CountTokens(RgbImage image)
    {
        var (height, width) = TargetSize(image);
        return height / config.Factor * (width / config.Factor);
    }

    private (int Height, int Width) TargetSize(RgbImage image)
    {
        try
        {
            return SmartResize(image.Height, image.Width, config.Factor, config.MinPixels, config.MaxPixels);
        }
        catch (ModelException fault)
        {
            throw new ModelException(
                $"The language model cannot look at a picture of {image.Width} × {image.Height} pixels ({fault.Message}): crop or enlarge it.", fault);
        }
    }

    private QwenImage Patch(RgbImage image)
    {
        var (size, merge) = (config.PatchSize, config.MergeSize);
        var (rows, columns) = (image.Height / size, image.Width / size);
        var values = new float[rows * columns * 3 * config.TemporalPatchSize * size * size];
        var to = 0;
        for (var group = 0; group < rows * columns / (merge * merge); group++)
        {
            var (top, left) = (group / (columns / merge) * merge, group % (columns / merge) * merge);
            for (var inner = 0; inner < merge * merge; inner++)
            {
                CopyPatch(image, (top + inner / merge) * size, (left + inner % merge) * size, values, ref to);
            }
        }

        return new QwenImage(1, rows, columns, values);
    }

    /// <summary>A still picture fills all frames of the patch alike.</summary>
    private void CopyPatch(RgbImage image, int top, int left, float[] values, ref int to)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var level = _normalized[channel];
            for (var frame = 0; frame < config.TemporalPatchSize; frame++)
            {
                for (var y = 0; y < config.PatchSize; y++)
                {
                    var row = image.Row(top + y);
                    for (var x = 0; x < config.PatchSize; x++)
                    {
                        values[to++] = level[row[(left + x) * 3 + channel]];
                    }
                }
            }
        }
    }

    // The scale is applied in double and stored in float, mean and deviation in float: the order of the original.
    private static float[] Levels(QwenImageConfig config, int channel) =>
        [.. Enumerable.Range(0, 256).Select(v => ((float)(v * config.RescaleFactor) - config.ImageMean[channel]) / config.ImageStd[channel])];

    private static int Rounded(int side, int factor) => (int)Math.Round(side / (double)factor, MidpointRounding.ToEven) * factor;

    private static string PythonText(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') ? text : text + ".0";
    }
}
