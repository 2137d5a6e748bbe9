using System.Collections.Frozen;
using System.Security.Claims;

namespace OmniGen2.Web.Team;

/// <summary>Who asks, as ASP.NET Core carries it.</summary>
public static class AskerClaims
{
    /// <summary>The claim that policies look for; its value is a <see cref="Permission"/>.</summary>
    public const string Permission = "permission";

    /// <summary>The scheme of the one person where there are no accounts.</summary>
    internal const string Solo = "Solo";

    private const string Session = "session";
    private const string SeenThroughBy = "seen-through-by";

    public static ClaimsPrincipal Principal(Asker asker, string scheme)
    {
        // Who looks through another's eyes may look and no more.
        var permissions = asker.SeenThroughBy is null ? asker.Permissions : [.. asker.Permissions.Where(x => x == Team.Permission.See)];
        var claims = permissions.Select(x => new Claim(Permission, x.ToString())).ToList();
        Add(ClaimTypes.NameIdentifier, asker.Id);
        Add(ClaimTypes.Name, asker.Name);
        Add(Session, asker.Session?.ToString());
        Add(SeenThroughBy, asker.SeenThroughBy);
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                claims.Add(new Claim(type, value));
            }
        }
    }

    public static Asker Asker(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true } identity)
        {
            return Team.Asker.Nobody;
        }

        return identity.AuthenticationType == Solo ? Team.Asker.Studio : new Asker
        {
            Id = principal.FindFirstValue(ClaimTypes.NameIdentifier),
            Name = principal.FindFirstValue(ClaimTypes.Name) ?? "",
            Permissions = principal.FindAll(Permission).Select(x => Enum.Parse<Permission>(x.Value)).ToFrozenSet(),
            Session = principal.SessionId(),
            SeenThroughBy = principal.FindFirstValue(SeenThroughBy),
        };
    }

    internal static Guid? SessionId(this ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Session), out var id) ? id : null;

    /// <summary>What the cookie holds: nothing but which session it is.</summary>
    internal static ClaimsPrincipal Cookie(Guid session, string scheme) => new(new ClaimsIdentity([new Claim(Session, session.ToString())], scheme));
}
