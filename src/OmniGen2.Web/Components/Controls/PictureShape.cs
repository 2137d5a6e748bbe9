namespace OmniGen2.Web.Components.Controls;

/// <summary>A shape on offer: a name and the ratio of its sides.</summary>
public sealed record PictureShape(string Name, int Across, int Down)
{
    /// <summary>Sides of every picture are whole patches of latents.</summary>
    public const int Multiple = 16;

    public static IReadOnlyList<PictureShape> All { get; } =
        [new("1:1", 1, 1), new("4:3", 4, 3), new("3:4", 3, 4), new("16:9", 16, 9), new("9:16", 9, 16)];

    /// <summary>The sides that come nearest to this shape at the area of a square of <paramref name="side"/>, within the model's limits.</summary>
    public (int Width, int Height) At(int side, ModelInfo model)
    {
        var ratio = Math.Sqrt((double)Across / Down);
        return (Fit(side * ratio, model), Fit(side / ratio, model));
    }

    /// <summary>The shape of these sides, or null when they are free.</summary>
    public static PictureShape? Of(int width, int height, ModelInfo model) =>
        All.FirstOrDefault(shape => shape.At(model.DefaultSize, model) == (width, height));

    public static int Fit(double side, ModelInfo model) =>
        Math.Clamp((int)Math.Round(side / Multiple) * Multiple, model.MinSize, model.MaxSize);
}
