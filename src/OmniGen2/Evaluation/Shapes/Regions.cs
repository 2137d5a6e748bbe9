using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>The connected regions of a picture that are not background, each a candidate for an object.</summary>
internal sealed class Regions
{
    private const int Size = Grid.PictureSize;
    private const float Threshold = 45;

    private readonly int[] _owner = new int[Size * Size];

    private Regions()
    {
    }

    public List<Region> All { get; } = [];

    public static Regions Of(float[] difference)
    {
        var foreground = new bool[Size * Size];
        for (var pixel = 0; pixel < foreground.Length; pixel++)
        {
            foreground[pixel] = difference[pixel] > Threshold;
        }

        var regions = new Regions();
        // Wider by a pixel, so that the fragments of an outline hold together.
        regions.Fill(Plus(Plus(foreground, atLeast: 4, keepsEmpty: true), atLeast: 1, keepsEmpty: false), foreground);
        return regions;
    }

    /// <summary>Whether a pixel belongs to a region other than this one.</summary>
    public bool IsOther(int pixel, Region region) => _owner[pixel] != 0 && _owner[pixel] != region.Number;

    /// <summary>The pixels with enough neighbours set, of five: themselves, left, right, above and below.</summary>
    private static bool[] Plus(bool[] mask, int atLeast, bool keepsEmpty)
    {
        var result = new bool[mask.Length];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var pixel = (y * Size) + x;
                if (keepsEmpty && !mask[pixel])
                {
                    continue;
                }

                var count = Set(mask[pixel]) + Set(x > 0 && mask[pixel - 1]) + Set(x < Size - 1 && mask[pixel + 1])
                    + Set(y > 0 && mask[pixel - Size]) + Set(y < Size - 1 && mask[pixel + Size]);
                result[pixel] = count >= atLeast;
            }
        }

        return result;
    }

    private static int Set(bool value) => value ? 1 : 0;

    private void Fill(bool[] mask, bool[] foreground)
    {
        var waiting = new Stack<int>();
        for (var start = 0; start < mask.Length; start++)
        {
            if (!mask[start] || _owner[start] != 0)
            {
                continue;
            }

            var region = new Region(All.Count + 1);
            Mark(start);
            while (waiting.TryPop(out var pixel))
            {
                region.Take(pixel, foreground[pixel]);
                Visit(pixel - 1, pixel % Size > 0);
                Visit(pixel + 1, pixel % Size < Size - 1);
                Visit(pixel - Size, pixel >= Size);
                Visit(pixel + Size, pixel < mask.Length - Size);
            }

            All.Add(region);

            void Visit(int pixel, bool isInside)
            {
                if (isInside && mask[pixel] && _owner[pixel] == 0)
                {
                    Mark(pixel);
                }
            }

            void Mark(int pixel)
            {
                _owner[pixel] = region.Number;
                waiting.Push(pixel);
            }
        }
    }
}
