using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace OmniGen2.Web.Team;

/// <summary>
/// What a form of a page does to the session itself. A page of another site can post here no more than anywhere: the cookie does not go along, and
/// its origin is refused.
/// </summary>
public static class TeamEndpoints
{
    public static void MapTeam(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", LeaveSession).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/look", Look).RequireAuthorization(nameof(Permission.ManagePeople)).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/look/end", EndLook).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> LeaveSession(HttpContext context, Sessions sessions, AuditLog audit)
    {
        if (Asker.Current.Session is { } session)
        {
            await audit.Write(AuditAction.SignedOut, Asker.Current.Name, address: context.Address());
            await Asker.As(Asker.Studio, () => sessions.End(session));
        }

        await context.SignOutAsync(SessionCookie.Scheme);
        return TypedResults.Redirect(SessionCookie.SignInPath);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Look([FromForm] string? person, HttpContext context, Sessions sessions, People people, AuditLog audit)
    {
        if (Asker.Current.Session is not { } session || await people.Find(person ?? "") is not { State: PersonState.Active } seen)
        {
            return TypedResults.NotFound();
        }

        await audit.Write(AuditAction.LookedAs, seen.Name, address: context.Address());
        await sessions.LookAs(session, seen.Id);
        return TypedResults.Redirect("/gallery");
    }

    private static async Task<RedirectHttpResult> EndLook(HttpContext context, Sessions sessions, AuditLog audit)
    {
        if (Asker.Current is { Session: { } session, SeenThroughBy: not null } asker)
        {
            await audit.Write(AuditAction.LookedAsEnded, asker.Name, address: context.Address());
            await sessions.LookAs(session, null);
        }

        return TypedResults.Redirect("/");
    }
}
