namespace OmniGen2.Evaluation.Parity;

/// <summary>Enough of a large tensor to know it by.</summary>
internal sealed record FillSummary(long Count, float[] First, float Last, double Sum, double SumOfSquares)
{
    private const int FirstCount = 4;

    public static FillSummary Of(float[] values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (double value in values)
        {
            sum += value;
            squares += value * value;
        }

        return new FillSummary(values.Length, [.. values.Take(FirstCount)], values[^1], sum, squares);
    }
}
