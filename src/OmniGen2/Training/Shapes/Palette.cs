namespace OmniGen2.Training.Shapes;

/// <summary>The colours' values, 0 to 255.</summary>
internal static class Palette
{
    public static readonly Rgb Outline = new(34, 32, 48);

    private static readonly Rgb[] Objects =
    [
        new(222, 48, 48), new(245, 140, 30), new(250, 215, 50), new(50, 165, 70), new(45, 95, 220),
        new(140, 65, 190), new(248, 125, 180), new(140, 85, 45), new(246, 246, 246), new(45, 200, 215),
    ];

    private static readonly Rgb[] Plains =
    [
        new(250, 250, 248), new(190, 192, 198), new(38, 38, 46), new(160, 198, 242),
        new(168, 220, 168), new(252, 236, 168), new(252, 204, 222), new(208, 188, 236),
    ];

    public static Rgb Of(Colour colour) => Objects[(int)colour];

    /// <summary>The second tone of a pattern: the colour in pastel, a gray on white.</summary>
    public static Rgb TintOf(Colour colour) =>
        colour == Colour.White ? new Rgb(150, 155, 170) : (Of(colour) * 0.25f) + (new Rgb(255, 255, 255) * 0.75f);

    public static Rgb OfPlain(Background background) => Plains[(int)background];
}
