using System.Text.Json.Serialization;

namespace OmniGen2.Training.Flow;

/// <summary>Moves times toward the noise, t ← t / (m − (m − 1)·t): the more redundant a latent is, the earlier its content is decided.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Static), "static")]
[JsonDerivedType(typeof(Dynamic), "dynamic")]
[JsonDerivedType(typeof(SquareRoot), "square_root")]
public abstract record TimeShift
{
    public static TimeShift None { get; } = new Static(1);

    /// <summary>m for a latent of so many patch tokens.</summary>
    public abstract double Factor(long tokens);

    public double Apply(double t, long tokens)
    {
        var m = Factor(tokens);
        return t / (m - ((m - 1) * t));
    }

    /// <summary>The same m for all sizes.</summary>
    public sealed record Static(double M) : TimeShift
    {
        public override double Factor(long tokens) => M;
    }

    /// <summary>The original's first version: ln m grows evenly from 0.5 at 256 tokens to 1.15 at 4096.</summary>
    public sealed record Dynamic : TimeShift
    {
        public override double Factor(long tokens) => Math.Exp(0.5 + ((tokens - 256) * (1.15 - 0.5) / (4096 - 256)));
    }

    /// <summary>The original's second version, which is also the sampler's: m = √tokens / 20.</summary>
    public sealed record SquareRoot : TimeShift
    {
        public override double Factor(long tokens) => Math.Sqrt(tokens) / 20;
    }
}
