namespace OmniGen2.Web.Jobs.Fair;

/// <summary>What one person would do with the next quantum.</summary>
/// <param name="Person">Null: the one person of a studio without accounts.</param>
/// <param name="Weight">Twice the weight, twice the time.</param>
/// <param name="IsInteractive">Somebody waits for it: an answer, or a single edit.</param>
/// <param name="Room">Whether it is in memory or can be.</param>
public readonly record struct Claim(string? Person, double Weight, bool IsInteractive, Room Room);

/// <summary>Whether a job can go on at once.</summary>
public enum Room
{
    /// <summary>It is in memory, or there is room.</summary>
    Is,

    /// <summary>Another job would have to be saved for it.</summary>
    IsTaken,

    /// <summary>What is in memory cannot be saved: it has to wait until some of that ends.</summary>
    IsNot,
}
