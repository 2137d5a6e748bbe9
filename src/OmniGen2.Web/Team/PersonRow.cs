using Microsoft.AspNetCore.Identity;

namespace OmniGen2.Web.Team;

/// <summary>An account. E-mail, password and security stamp are ASP.NET Core Identity's.</summary>
public sealed class PersonRow : IdentityUser
{
    /// <summary>How many colours people are told apart by.</summary>
    public const int Colours = 6;

    /// <summary>As colleagues know the person.</summary>
    public string Name { get; set; } = "";

    public Role Role { get; set; }

    public PersonState State { get; set; }

    /// <summary>Of the avatar, 1 … <see cref="Colours"/>.</summary>
    public int Colour { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When they last did anything; null before the first time.</summary>
    public DateTimeOffset? SeenAt { get; set; }
}

/// <summary>What a person may do; <see cref="Permissions"/> says what stands behind each.</summary>
public enum Role
{
    /// <summary>Looks at what is shared, and says what they think of it.</summary>
    Viewer,

    /// <summary>Makes pictures.</summary>
    Member,

    /// <summary>Looks after people, queue and disk too.</summary>
    Administrator,

    /// <summary>A program: comes in by a key, never by a password.</summary>
    Api,
}

public enum PersonState
{
    /// <summary>Signed up and not yet let in by an administrator.</summary>
    Waiting,
    Active,

    /// <summary>Locked out by an administrator.</summary>
    Blocked,

    /// <summary>Deleted: only the name is kept, for what they said to others.</summary>
    Gone,
}
