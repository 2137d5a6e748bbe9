using System.Collections.Frozen;

namespace OmniGen2.Web.Team;

/// <summary>Something that can be allowed or not. The names are those of the authorization policies.</summary>
public enum Permission
{
    /// <summary>Look at one's own things and at what is shared.</summary>
    See,

    /// <summary>Have pictures drawn and questions answered; keep pictures, threads, boards and presets.</summary>
    Make,

    /// <summary>Let others see what one has made.</summary>
    Share,

    /// <summary>Say something about pictures that one may see.</summary>
    Remark,

    /// <summary>Stop, move and halt the jobs of others.</summary>
    ManageQueue,

    /// <summary>Let people in, change what they may do, end their sessions, look through their eyes, read the audit log.</summary>
    ManagePeople,

    /// <summary>See what the disk holds, say how long things are kept and what each role may take.</summary>
    ManageStudio,
}

/// <summary>What each role may do.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> OfRoles = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Viewer] = [Permission.See, Permission.Remark],
        [Role.Member] = [Permission.See, Permission.Remark, Permission.Make, Permission.Share],
        [Role.Api] = [Permission.See, Permission.Make],
        [Role.Administrator] = [.. Enum.GetValues<Permission>()],
    }.ToFrozenDictionary();

    public static FrozenSet<Permission> All { get; } = OfRoles[Role.Administrator];

    public static FrozenSet<Permission> Of(Role role) => OfRoles[role];
}
