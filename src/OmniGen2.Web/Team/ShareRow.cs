namespace OmniGen2.Web.Team;

/// <summary>Lets somebody else see a picture, a thread or a board.</summary>
public sealed class ShareRow
{
    public required Guid Id { get; init; }

    public required ShareKind Kind { get; init; }

    /// <summary>The picture (or the job that becomes it), the thread or the board.</summary>
    public required Guid SubjectId { get; init; }

    public required Audience Audience { get; init; }

    /// <summary>With whom; only of <see cref="Audience.Person"/>.</summary>
    public string? PersonId { get; init; }

    /// <summary>Others may put their pictures on the board.</summary>
    public bool MayAdd { get; set; }

    public required string SharedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of a link: SHA-256 of its secret, lower-case hex.</summary>
    public string? TokenHash { get; init; }

    /// <summary>Of a link: null is until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of a link: whoever has it sees it, without an account.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Of a link to a thread or board: what it showed then (<see cref="ShareSnapshot"/>); null: as it is whenever somebody looks.</summary>
    public string? Snapshot { get; init; }
}

public enum ShareKind
{
    Picture,
    Thread,
    Board,
}

public enum Audience
{
    /// <summary>One person of the team.</summary>
    Person,

    /// <summary>Everybody with an account.</summary>
    Team,

    /// <summary>Whoever has the link.</summary>
    Link,
}
