namespace OmniGen2.Web.Jobs;

/// <summary>From how many to how many seconds something will most likely take.</summary>
public readonly record struct TimeBand(double Low, double High)
{
    public double Middle => (Low + High) / 2;

    public static TimeBand operator *(TimeBand band, int count) => new(band.Low * count, band.High * count);

    public static TimeBand operator +(TimeBand one, TimeBand other) => new(one.Low + other.Low, one.High + other.High);
}
