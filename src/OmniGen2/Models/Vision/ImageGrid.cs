using OmniGen2.Imaging;

namespace OmniGen2.Models.Vision;

/// <summary>Size of a picture in patches. Both sides are multiples of the tower's merge size.</summary>
public readonly record struct ImageGrid(int Rows, int Columns)
{
    public int Patches => Rows * Columns;

    public static ImageGrid Of(QwenImage image) => new(image.GridHeight, image.GridWidth);
}
