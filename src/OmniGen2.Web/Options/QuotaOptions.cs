using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OmniGen2.Web.Options;

/// <summary>Section `Quotas`: what the people of each role may take. The one person of a studio without accounts has no limits.</summary>
public sealed record QuotaOptions
{
    [ValidateObjectMembers]
    public Quota Administrator { get; init; } = new() { Waiting = 100 };

    [ValidateObjectMembers]
    public Quota Member { get; init; } = new();

    [ValidateObjectMembers]
    public Quota Api { get; init; } = new() { Waiting = 50 };
}

/// <summary>What one person may take. 0: as much as there is.</summary>
public sealed record Quota
{
    public static Quota None { get; } = new() { Waiting = 0 };

    /// <summary>Twice the weight, twice the time when others have work too.</summary>
    [Range(0.01, 100, ErrorMessage = "The Weight of a role under Quotas must be from {1} to {2}.")]
    public double Weight { get; init; } = 1;

    /// <summary>Jobs that wait or are under way.</summary>
    [Range(0, 100_000, ErrorMessage = "Waiting of a role under Quotas must be from {1} to {2} jobs.")]
    public int Waiting { get; init; } = 20;

    /// <summary>Minutes of the model between midnight and midnight, by the clock of the studio's machine.</summary>
    [Range(0, 1_440, ErrorMessage = "MinutesPerDay of a role under Quotas must be from {1} to {2}.")]
    public double MinutesPerDay { get; init; }

    /// <summary>The largest picture, in millions of pixels.</summary>
    [Range(0, 1_000, ErrorMessage = "Megapixels of a role under Quotas must be from {1} to {2}.")]
    public double Megapixels { get; init; }

    /// <summary>All pictures together, those in the trash too.</summary>
    [Range(0, 1_000_000_000, ErrorMessage = "DiskMegabytes of a role under Quotas must be from {1} to {2}.")]
    public double DiskMegabytes { get; init; }
}
