using static System.FormattableString;

namespace OmniGen2.Imaging;

/// <summary>How large a picture file may be; checked on its bytes and header, before any pixel is decoded.</summary>
public sealed record ImageLimits
{
    public static ImageLimits Default { get; } = new();

    public long MaxBytes { get; init; } = 64L << 20;

    public int MaxSide { get; init; } = 16_384;

    public long MaxPixels { get; init; } = 100_000_000;

    internal void CheckBytes(long bytes, string name)
    {
        if (bytes > MaxBytes)
        {
            throw new ModelException(
                Invariant($"{name} has at least {bytes:N0} bytes; at most {MaxBytes:N0} are accepted: save it smaller, for instance as JPEG."));
        }
    }

    internal void CheckSize(int width, int height, string name)
    {
        if (width > MaxSide || height > MaxSide)
        {
            throw new ModelException($"{name} is {width} × {height} pixels; at most {MaxSide} a side are accepted: scale it down first.");
        }

        var pixels = (long)width * height;
        if (pixels > MaxPixels)
        {
            throw new ModelException(
                Invariant($"{name} is {width} × {height} pixels, {pixels:N0} in all; at most {MaxPixels:N0} are accepted: scale it down first."));
        }
    }
}
