namespace OmniGen2.Web.Team;

/// <summary>A link that lets one person in, once.</summary>
public sealed class InvitationRow
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the link's secret, lower-case hex: the secret itself is nowhere.</summary>
    public required string TokenHash { get; init; }

    public required Role Role { get; init; }

    /// <summary>For whom, as a reminder; null where it was not said.</summary>
    public string? Email { get; init; }

    public required string InvitedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The person who came by it.</summary>
    public string? UsedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
