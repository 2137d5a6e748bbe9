using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Connected pixels that differ from the background, and the box around them.</summary>
internal sealed class Region(int number)
{
    private const int Size = Grid.PictureSize;

    private readonly bool[] _mask = new bool[Size * Size];

    public int Number { get; } = number;

    public int Count { get; private set; }

    public Box Box { get; private set; } = Box.Empty;

    public bool this[int x, int y] => x is >= 0 and < Size && y is >= 0 and < Size && _mask[(y * Size) + x];

    public void Take(int pixel, bool isForeground)
    {
        if (isForeground)
        {
            _mask[pixel] = true;
            Count++;
            Box = Box.Include(pixel % Size, pixel / Size);
        }
    }
}
