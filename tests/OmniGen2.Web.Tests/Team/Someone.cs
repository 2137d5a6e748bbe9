using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>People to ask as.</summary>
internal static class Someone
{
    public static Asker Mira { get; } = With(Role.Administrator, "Mira");

    public static Asker Li { get; } = With(Role.Member, "Li");

    public static Asker Amara { get; } = With(Role.Member, "Amara");

    public static Asker Viewer { get; } = With(Role.Viewer, "Tomás");

    public static Asker With(Role role, string name) => new() { Id = Guid.NewGuid().ToString("N"), Name = name, Permissions = Permissions.Of(role) };
}
