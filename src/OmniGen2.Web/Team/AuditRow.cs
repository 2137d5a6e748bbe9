namespace OmniGen2.Web.Team;

/// <summary>Who did what. Rows are added and never changed.</summary>
public sealed class AuditRow
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null for the studio itself, or for somebody who is not known.</summary>
    public string? PersonId { get; init; }

    /// <summary>The person's name at that time.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="AuditAction"/>.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>To whom or what, in words; never a secret.</summary>
    public required string Subject { get; init; }

    /// <summary>Of the network; empty where nobody came over it.</summary>
    public required string Address { get; init; }
}

/// <summary>What is written down.</summary>
public enum AuditAction
{
    FirstAdministrator,
    SignedIn,
    SignInRefused,
    SignedOut,
    Invited,
    InvitationRevoked,
    Joined,
    SignedUp,
    Approved,
    RoleChanged,
    Blocked,
    Unblocked,
    PersonDeleted,
    PasswordLinkMade,
    PasswordChanged,
    SessionRevoked,
    KeyMade,
    KeyRevoked,
    Shared,
    ShareRevoked,
    LookedAs,
    LookedAsEnded,
    QueueHalted,
    QueueResumed,
    JobStopped,
    AuditExported,
    Exported,
    QuotaChanged,
    JobMoved,
    RulesChanged,
}
