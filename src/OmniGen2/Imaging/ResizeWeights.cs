namespace OmniGen2.Imaging;

/// <summary>The source samples of one output sample: where they begin and their weights in 22-bit fixed point, as Pillow computes them.</summary>
internal readonly record struct ResizeWeights(int First, int[] Values)
{
    /// <summary>One half in fixed point: sums start here so that the shift rounds.</summary>
    public const int Half = 1 << (Bits - 1);

    private const int Bits = 22;

    public static byte ToByte(int sum) => (byte)Math.Clamp(sum >> Bits, 0, 255);

    public static ResizeWeights[] Make(int from, int to, ResizeFilter filter)
    {
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        var support = (filter == ResizeFilter.Lanczos ? 3 : 2) * stretch;
        var weights = new ResizeWeights[to];
        for (var i = 0; i < to; i++)
        {
            var center = (i + 0.5) * scale;
            var first = Math.Max(0, (int)(center - support + 0.5));
            var end = Math.Min(from, (int)(center + support + 0.5));
            var exact = new double[end - first];
            for (var k = 0; k < exact.Length; k++)
            {
                var x = (k + first - center + 0.5) * (1 / stretch);
                exact[k] = filter == ResizeFilter.Lanczos ? Lanczos(x) : Bicubic(x);
            }

            var sum = exact.Sum();
            weights[i] = new ResizeWeights(first, [.. exact.Select(w => Fixed(w / sum))]);
        }

        return weights;
    }

    // Half away from zero, by truncation.
    private static int Fixed(double weight) => (int)(weight * (1 << Bits) + (weight < 0 ? -0.5 : 0.5));

    private static double Lanczos(double x) => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    private static double Bicubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * a
            : 0;
    }
}
