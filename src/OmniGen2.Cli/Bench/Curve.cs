namespace OmniGen2.Cli.Bench;

/// <summary>Seconds over an amount of work, and the straight line that comes closest.</summary>
/// <param name="Key">In JSON.</param>
/// <param name="Amount">What grows.</param>
/// <param name="Points">Amount and seconds.</param>
internal sealed record Curve(string Key, string Amount, IReadOnlyList<(double X, double Seconds)> Points)
{
    /// <summary>Seconds for one more.</summary>
    public double Slope => Covariance(p => p.Seconds) / Covariance(p => p.X);

    public double Start => Points.Average(p => p.Seconds) - (Slope * Points.Average(p => p.X));

    /// <summary>The share of the differences that the line explains; 1 where the points lie on it.</summary>
    public double Straightness
    {
        get
        {
            var middle = Points.Average(p => p.Seconds);
            return 1 - (Points.Sum(p => Math.Pow(p.Seconds - Start - (Slope * p.X), 2)) / Points.Sum(p => Math.Pow(p.Seconds - middle, 2)));
        }
    }

    private double Covariance(Func<(double X, double Seconds), double> y)
    {
        var (middleX, middleY) = (Points.Average(p => p.X), Points.Average(y));
        return Points.Sum(p => (p.X - middleX) * (y(p) - middleY));
    }
}
