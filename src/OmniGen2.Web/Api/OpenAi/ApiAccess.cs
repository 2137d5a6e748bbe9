namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The one place where a program's key is looked at.</summary>
internal static class ApiAccess
{
    /// <summary>
    /// Whose jobs a request makes. There are no accounts yet, so every key that comes as `Authorization: Bearer` is taken, none is needed, and
    /// what comes of it belongs to nobody.
    /// </summary>
    public static string? OwnerOf(HttpContext context)
    {
        _ = context.Request.Headers.Authorization;
        return null;
    }
}
