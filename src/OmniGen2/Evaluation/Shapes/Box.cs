namespace OmniGen2.Evaluation.Shapes;

/// <summary>The smallest rectangle around some pixels, its borders included.</summary>
internal readonly record struct Box(int Left, int Top, int Right, int Bottom)
{
    public static Box Empty { get; } = new(int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);

    public float MiddleX => (Left + Right) / 2f;

    public float MiddleY => (Top + Bottom) / 2f;

    public Box Include(int x, int y) => new(Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y));
}
