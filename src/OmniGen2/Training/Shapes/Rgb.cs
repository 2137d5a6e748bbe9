namespace OmniGen2.Training.Shapes;

/// <summary>A colour to reckon with.</summary>
internal readonly record struct Rgb(float R, float G, float B)
{
    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Rgb operator *(Rgb a, float factor) => new(a.R * factor, a.G * factor, a.B * factor);

    public static Rgb Mix(Rgb a, Rgb b, float share) => (a * (1 - share)) + (b * share);

    public Rgb Clamp() => new(Math.Clamp(R, 0, 255), Math.Clamp(G, 0, 255), Math.Clamp(B, 0, 255));

    public void Store(Span<float> pixel) => (pixel[0], pixel[1], pixel[2]) = (R, G, B);
}
