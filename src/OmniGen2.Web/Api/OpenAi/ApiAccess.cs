using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The one place where it is asked for whom a program acts.</summary>
internal static class ApiAccess
{
    /// <summary>Whose what comes of a request becomes: of the person whose key or session came with it; null, and no key needed, where there are no accounts.</summary>
    public static string? OwnerOf(HttpContext context) => context.User.Asker().Id;
}
