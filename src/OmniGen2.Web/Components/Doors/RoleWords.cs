using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Doors;

/// <summary>What a role means, in words.</summary>
internal static class RoleWords
{
    public static string Article(Role role) => role switch
    {
        Role.Administrator => "an administrator",
        Role.Api => "a program",
        _ => $"a {Name(role).ToLowerInvariant()}",
    };

    public static string Name(Role role) => role switch
    {
        Role.Api => "Program",
        _ => role.ToString(),
    };

    public static string Of(Role role) => role switch
    {
        Role.Viewer => "look at what is shared and say what you think of it",
        Role.Member => "make and edit pictures, use boards of the team, see the queue",
        Role.Administrator => "make pictures, and look after people, queue and disk",
        _ => "make pictures over the API",
    };
}
