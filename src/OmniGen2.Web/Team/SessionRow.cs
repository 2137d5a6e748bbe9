namespace OmniGen2.Web.Team;

/// <summary>A browser that somebody signed in with. The cookie only names it: without this row it is worth nothing.</summary>
public sealed class SessionRow
{
    public required Guid Id { get; init; }

    public required string PersonId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>Of the network.</summary>
    public required string Address { get; init; }

    /// <summary>As the browser calls itself; text of a stranger.</summary>
    public required string Agent { get; init; }

    /// <summary>The person through whose eyes an administrator looks; null while they look through their own.</summary>
    public string? ViewAs { get; set; }
}
