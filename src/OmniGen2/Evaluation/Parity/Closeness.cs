using System.Numerics;

namespace OmniGen2.Evaluation.Parity;

/// <summary>How close two lists of numbers are.</summary>
/// <param name="Error">Largest absolute difference; not a number as soon as one of them is not.</param>
/// <param name="Cosine">1 when nothing differs.</param>
/// <param name="Largest">Largest magnitude of the first.</param>
internal readonly record struct Closeness(double Error, double Cosine, double Largest)
{
    public static Closeness Of<T>(ReadOnlySpan<T> recorded, ReadOnlySpan<T> computed)
        where T : struct, INumber<T>
    {
        var (error, largest, dot, aa, bb) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < recorded.Length; i++)
        {
            var (a, b) = (double.CreateChecked(recorded[i]), double.CreateChecked(computed[i]));
            if (double.IsInfinity(a) && a == b)
            {
                continue;
            }

            error = Math.Max(error, Math.Abs(a - b));
            largest = Math.Max(largest, Math.Abs(a));
            (dot, aa, bb) = (dot + (a * b), aa + (a * a), bb + (b * b));
        }

        // Zeros have no direction, and agree all the same.
        return new Closeness(error, error == 0 ? 1 : dot / Math.Sqrt(aa * bb), largest);
    }
}
