namespace OmniGen2.Cli.Training;

/// <summary>An exponential moving average that owes nothing to a start value.</summary>
internal sealed class Smoothing(double decay)
{
    private double _sum;

    private double _weight;

    /// <summary>The average with one more value.</summary>
    public double Add(double value)
    {
        _sum = (_sum * decay) + (value * (1 - decay));
        _weight = (_weight * decay) + (1 - decay);
        return _sum / _weight;
    }
}
