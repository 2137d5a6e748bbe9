namespace OmniGen2.Web.Team;

/// <summary>The addresses of the pages through which people come in.</summary>
public static class Doors
{
    private static readonly string[] Paths = [SessionCookie.SignInPath, "/sign-up", "/first", "/join", "/reset"];

    /// <summary>Relative, for links; the secret is of <see cref="Invitations.Invite"/>.</summary>
    public static string Join(string secret) => $"join/{secret}";

    /// <summary>The secret is of <see cref="People.ResetToken"/>.</summary>
    public static string Reset(string person, string secret) => $"reset/{person}?token={Uri.EscapeDataString(secret)}";

    internal static string First(string secret) => $"first/{secret}";

    internal static bool IsDoor(PathString path) => Paths.Any(x => path.StartsWithSegments(x));
}
