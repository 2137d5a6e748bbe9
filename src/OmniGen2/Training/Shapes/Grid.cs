namespace OmniGen2.Training.Shapes;

/// <summary>The geometry of a picture: 3 × 3 cells, the radius of each size, and how far an object may stray from its cell's centre.</summary>
public static class Grid
{
    public const int PictureSize = 128;
    public const int Columns = 3;
    public const int Cells = Columns * Columns;
    public const int Centre = 4;

    private static readonly int[] Centres = [21, 64, 107];
    private static readonly float[] Radii = [8.5f, 13f, 17.5f];

    public static float Radius(ObjectSize size) => Radii[(int)size];

    /// <summary>The largest distance per axis from a cell's centre; a large object hardly moves, or it would leave the picture.</summary>
    public static int Jitter(ObjectSize size) => Math.Min(5, Math.Max(0, (int)MathF.Floor(19 - Radius(size))));

    public static int Row(int cell) => cell / Columns;

    public static int Column(int cell) => cell % Columns;

    public static (int X, int Y) CentreOf(int cell) => (Centres[Column(cell)], Centres[Row(cell)]);

    public static int CellAt(int x, int y) => (Columns * Strip(y)) + Strip(x);

    private static int Strip(int position) => Math.Clamp(Columns * position / PictureSize, 0, Columns - 1);
}
