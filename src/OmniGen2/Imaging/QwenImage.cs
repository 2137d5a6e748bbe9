namespace OmniGen2.Imaging;

/// <summary>A picture cut into the patches that the vision tower embeds.</summary>
/// <param name="GridTime">Always 1: a still picture.</param>
/// <param name="GridHeight">Patches in a column.</param>
/// <param name="GridWidth">Patches in a row.</param>
/// <param name="PixelValues">[P, F] row-major; P patches in merge groups, F values of a patch: channel, frame, row, column.</param>
public sealed record QwenImage(int GridTime, int GridHeight, int GridWidth, float[] PixelValues)
{
    public int Patches => GridTime * GridHeight * GridWidth;

    public int PatchValues => PixelValues.Length / Patches;
}
