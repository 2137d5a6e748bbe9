using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>
/// The pixels one shape and size may show: all of it, or less its outline, which vanishes on black and at night.
/// </summary>
internal sealed class Template
{
    private Template(Shape shape, ObjectSize size, float edge)
    {
        Shape = shape;
        Size = size;
        var distance = SpriteForm.Of(shape, size).Distance;
        Pixels = [.. Enumerable.Range(0, distance.Length).Where(pixel => distance[pixel] < edge).Select(pixel => ((pixel % Sprite.Side) - Sprite.Reach, (pixel / Sprite.Side) - Sprite.Reach))];
        Box = Pixels.Aggregate(Box.Empty, (box, pixel) => box.Include(pixel.X, pixel.Y));
    }

    // Where the sprite's outer alpha and its filling pass one half.
    public static IReadOnlyList<Template> All { get; } =
        [.. from shape in World.Shapes from size in World.Sizes from edge in new[] { 0.9f, -0.9f } select new Template(shape, size, edge)];

    public Shape Shape { get; }

    public ObjectSize Size { get; }

    /// <summary>Offsets from the object's centre.</summary>
    public (int X, int Y)[] Pixels { get; }

    public Box Box { get; }

    /// <summary>The share of common pixels among all pixels of the region and of the template, with its centre at x, y.</summary>
    public float Overlap(Region region, int x, int y)
    {
        var common = 0;
        foreach (var (dx, dy) in Pixels)
        {
            common += region[x + dx, y + dy] ? 1 : 0;
        }

        return common / (float)(region.Count + Pixels.Length - common);
    }
}
