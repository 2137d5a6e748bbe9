namespace OmniGen2.Training.Flow;

/// <summary>A share of the samples whose time is sigmoid(N(mean, deviation)).</summary>
public sealed record LogitNormal(double Share, double Mean, double Deviation)
{
    /// <summary>The time that belongs to a standard normal number.</summary>
    public double Time(double normal) => 1 / (1 + Math.Exp(-(Mean + (Deviation * normal))));
}
