namespace OmniGen2.Training.Shapes;

/// <summary>What all sprites of one shape and size share: the distance to the edge, and how much of each pixel they cover.</summary>
internal sealed class SpriteForm
{
    // Deeper inside than the outline and its soft edge.
    private const float CoreDistance = -1.6f;

    private static readonly SpriteForm[] All =
        [.. World.Shapes.SelectMany(shape => World.Sizes.Select(size => new SpriteForm(Outline.Of(shape, Grid.Radius(size)))))];

    private SpriteForm(Func<float, float, float> distance)
    {
        Distance = new float[Sprite.Side * Sprite.Side];
        Alpha = new float[Sprite.Side * Sprite.Side];
        for (var pixel = 0; pixel < Distance.Length; pixel++)
        {
            Distance[pixel] = distance((pixel % Sprite.Side) - Sprite.Reach, (pixel / Sprite.Side) - Sprite.Reach);
            Alpha[pixel] = Math.Clamp(1.4f - Distance[pixel], 0, 1);
        }

        Core = [.. Enumerable.Range(0, Distance.Length).Where(pixel => Distance[pixel] < CoreDistance)];
    }

    /// <summary>44 × 44 signed distances in pixels, negative inside.</summary>
    public float[] Distance { get; }

    /// <summary>44 × 44 shares, 1 where the object hides what is behind it.</summary>
    public float[] Alpha { get; }

    /// <summary>The pixels that show nothing but colour and pattern.</summary>
    public int[] Core { get; }

    public static SpriteForm Of(Shape shape, ObjectSize size) => All[((int)shape * World.Sizes.Count) + (int)size];
}
