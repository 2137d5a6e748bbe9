namespace OmniGen2.Imaging;

/// <summary>A picture as the network sees it: three planes R, G, B of Height × Width, about −1 … 1.</summary>
public sealed record FloatImage(int Width, int Height, float[] Values)
{
    public FloatImage(int width, int height)
        : this(width, height, new float[3 * width * height])
    {
    }
}
