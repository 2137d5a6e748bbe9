namespace OmniGen2.Training.Shapes;

/// <summary>
/// One object as a patch of 44 × 44 pixels to be pasted over a background. There are 720 looks; each is drawn once and kept
/// (17 MB when all are in use), so a picture costs little more than copying its background.
/// </summary>
internal sealed class Sprite
{
    public const int Side = 44;

    /// <summary>The patch's pixel (Reach, Reach) is the object's centre.</summary>
    public const int Reach = Side / 2;

    private const float StripePeriod = 9;
    private const float StripeHalfWidth = 2.2f;
    private const float DotPitch = 9.5f;
    private const float DotRadius = 3;

    private static readonly Sprite?[] Cache = new Sprite?[World.Shapes.Count * World.Colours.Count * World.Patterns.Count * World.Sizes.Count];

    private Sprite(SpriteForm form, Colour colour, Pattern pattern, float r)
    {
        Form = form;
        Rgb = new float[Side * Side * 3];
        for (var pixel = 0; pixel < Side * Side; pixel++)
        {
            var (x, y) = ((pixel % Side) - Reach, (pixel / Side) - Reach);
            var fill = Math.Clamp(-0.4f - form.Distance[pixel], 0, 1);
            var inner = Inner(colour, pattern, x, y, r);
            Shapes.Rgb.Mix(Palette.Outline, inner, fill).Store(Rgb.AsSpan(pixel * 3, 3));
        }
    }

    public SpriteForm Form { get; }

    /// <summary>44 × 44 × 3 values of 0 to 255: filling and outline.</summary>
    public float[] Rgb { get; }

    public static Sprite Of(SceneObject look) => Of(look.Shape, look.Colour, look.Pattern, look.Size);

    public static Sprite Of(Shape shape, Colour colour, Pattern pattern, ObjectSize size)
    {
        var index = (((((int)shape * World.Colours.Count) + (int)colour) * World.Patterns.Count) + (int)pattern) * World.Sizes.Count + (int)size;
        // Two threads may both draw a missing sprite; they draw the same one.
        return Volatile.Read(ref Cache[index])
            ?? (Cache[index] = new Sprite(SpriteForm.Of(shape, size), colour, pattern, Grid.Radius(size)));
    }

    private static Rgb Inner(Colour colour, Pattern pattern, int x, int y, float r)
    {
        var shade = Math.Clamp(1 - (0.10f * y / r), 0.85f, 1.12f);
        var lit = (Palette.Of(colour) * shade).Clamp();
        return Shapes.Rgb.Mix(lit, Palette.TintOf(colour), Share(pattern, x, y));
    }

    /// <summary>How much of the second tone shows at a pixel, 0 to 1.</summary>
    private static float Share(Pattern pattern, int x, int y)
    {
        switch (pattern)
        {
            case Pattern.Striped:
                var along = (x + y) / MathF.Sqrt(2);
                along -= MathF.Floor(along / StripePeriod) * StripePeriod;
                return Math.Clamp(0.5f + StripeHalfWidth - MathF.Abs(along - (StripePeriod / 2)), 0, 1);
            case Pattern.Dotted:
                var (dx, dy) = (ToNearest(x), ToNearest(y));
                return Math.Clamp(DotRadius + 0.5f - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1);
            default:
                return 0;
        }
    }

    private static float ToNearest(int position) => position - (MathF.Round(position / DotPitch) * DotPitch);
}
