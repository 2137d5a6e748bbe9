namespace OmniGen2.Web.Team;

/// <summary>A key by which programs act for a person.</summary>
public sealed class ApiKeyRow
{
    public required Guid Id { get; init; }

    public required string PersonId { get; init; }

    /// <summary>What it is for, in the person's words.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public required string KeyHash { get; init; }

    /// <summary>The last letters of the key, by which people tell their keys apart.</summary>
    public required string Ending { get; init; }

    /// <summary>Names of <see cref="Permission"/>s with a space between.</summary>
    public required string Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
