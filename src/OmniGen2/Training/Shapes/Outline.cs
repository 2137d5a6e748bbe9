namespace OmniGen2.Training.Shapes;

/// <summary>The signed distance in pixels from a shape's edge, negative inside; y points down, the origin is the object's centre.</summary>
internal static class Outline
{
    public static Func<float, float, float> Of(Shape shape, float r) => shape switch
    {
        Shape.Circle => (x, y) => MathF.Sqrt((x * x) + (y * y)) - r,
        Shape.Ring => (x, y) => MathF.Abs(MathF.Sqrt((x * x) + (y * y)) - (0.74f * r)) - (0.28f * r),
        _ => Polygon(Corners(shape, r)),
    };

    private static (float X, float Y)[] Corners(Shape shape, float r) => shape switch
    {
        Shape.Square => Scaled(0.86f * r, (-1, -1), (1, -1), (1, 1), (-1, 1)),
        Shape.Triangle => Scaled(r, (0, -1), (1, 0.8f), (-1, 0.8f)),
        Shape.Hexagon => Turning(6, corner => (r, corner * MathF.Tau / 6), 0),
        Shape.Star => Turning(10, corner => ((corner % 2 == 0 ? 1.08f : 0.48f) * r, (corner * MathF.Tau / 10) - (MathF.PI / 2)), 0.05f * r),
        Shape.Cross => Cross(0.98f * r, 0.36f * r),
        Shape.Heart => Heart(r),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static (float X, float Y)[] Scaled(float scale, params (float X, float Y)[] corners) =>
        [.. corners.Select(corner => (corner.X * scale, corner.Y * scale))];

    private static (float X, float Y)[] Turning(int count, Func<int, (float Radius, float Angle)> corner, float down) =>
        [.. Enumerable.Range(0, count).Select(corner).Select(at => (at.Radius * MathF.Cos(at.Angle), (at.Radius * MathF.Sin(at.Angle)) + down))];

    private static (float X, float Y)[] Cross(float arm, float half) =>
    [
        (-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half),
        (half, arm), (-half, arm), (-half, half), (-arm, half), (-arm, -half), (-half, -half),
    ];

    private static (float X, float Y)[] Heart(float r)
    {
        const int corners = 40;
        return [.. Enumerable.Range(0, corners).Select(each => At(each * MathF.Tau / corners))];

        (float X, float Y) At(float t)
        {
            var height = (13 * MathF.Cos(t)) - (5 * MathF.Cos(2 * t)) - (2 * MathF.Cos(3 * t)) - MathF.Cos(4 * t);
            return (r * MathF.Pow(MathF.Sin(t), 3), (-height / 16 * r) - (0.08f * r));
        }
    }

    private static Func<float, float, float> Polygon((float X, float Y)[] corners) => (x, y) =>
    {
        var nearest = float.MaxValue;
        var inside = false;
        var from = corners[^1];
        foreach (var to in corners)
        {
            nearest = MathF.Min(nearest, SquareDistance(x, y, from, to));
            // An edge that crosses the line to the right of the point; an odd number of them means inside.
            if (from.Y > y != to.Y > y && x < from.X + ((y - from.Y) / (to.Y - from.Y) * (to.X - from.X)))
            {
                inside = !inside;
            }

            from = to;
        }

        return inside ? -MathF.Sqrt(nearest) : MathF.Sqrt(nearest);
    };

    private static float SquareDistance(float x, float y, (float X, float Y) from, (float X, float Y) to)
    {
        var (alongX, alongY) = (to.X - from.X, to.Y - from.Y);
        var (px, py) = (x - from.X, y - from.Y);
        var share = Math.Clamp(((px * alongX) + (py * alongY)) / ((alongX * alongX) + (alongY * alongY)), 0, 1);
        var (dx, dy) = (px - (share * alongX), py - (share * alongY));
        return (dx * dx) + (dy * dy);
    }
}
