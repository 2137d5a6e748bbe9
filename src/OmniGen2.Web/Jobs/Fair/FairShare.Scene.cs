namespace OmniGen2.Web.Jobs.Fair;

/// <summary>What a decision is made from.</summary>
public sealed partial class FairShare
{
    private sealed class Person
    {
        /// <summary>Decayed seconds, in the measure of <see cref="Decay"/>.</summary>
        public double Level { get; set; }

        public double ServedAt { get; set; }

        /// <summary>The decision at which there was work last.</summary>
        public long Seen { get; set; } = -1;

        /// <summary>How long the last quantum took, in seconds.</summary>
        public double Quantum { get; set; }
    }

    /// <summary>A person at one decision.</summary>
    private record struct Standing(Person Person, bool WasHere, double Used)
    {
        public readonly bool IsBefore(Standing other) => Used < other.Used || (Used.Equals(other.Used) && Person.ServedAt < other.Person.ServedAt);
    }

    /// <summary>Who claims.</summary>
    private sealed record Cast(IReadOnlyList<Claim> Of, Claim[] Claims, Person[] People, double Weights)
    {
        public static Cast Empty { get; } = new([], [], [], 0);
    }

    /// <summary>All that a decision is made from.</summary>
    private readonly record struct Scene(Claim[] Claims, Standing[] Standings, double Now, double Weights);
}
