using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;

namespace OmniGen2.Web.Team;

/// <summary>The cookie names a session and holds nothing else; each request asks the session who it is.</summary>
public static class SessionCookie
{
    internal const string Scheme = "Session";
    internal const string Name = "omnigen2-studio";
    internal const string SignInPath = "/sign-in";

    /// <summary>Begins a session in the browser that asks.</summary>
    public static async Task SignIn(this HttpContext context, PersonRow person, bool stays)
    {
        var services = context.RequestServices;
        var session = await services.GetRequiredService<Sessions>().Begin(person.Id, stays, context.Address(), context.Request.Headers.UserAgent.ToString());
        await context.SignInAsync(Scheme, AskerClaims.Cookie(session, Scheme), new AuthenticationProperties { IsPersistent = stays });
        await services.GetRequiredService<AuditLog>().Write(AuditAction.SignedIn, person.Name, Sessions.Of(person), context.Address());
    }

    /// <summary>Of the network, from where a request comes.</summary>
    public static string Address(this HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    internal static void Configure(CookieAuthenticationOptions options, int days)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "to";
        options.ExpireTimeSpan = TimeSpan.FromDays(days);
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = Validate;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal?.SessionId() is { } session && await sessions.AskerOf(session) is { } asker)
        {
            context.ReplacePrincipal(AskerClaims.Principal(asker, Scheme));
        }
        else
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }

    /// <summary>A page leads to the door; a file, a call or a circuit is told the plain status.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var wantsPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (wantsPage)
        {
            // Who is in and may not open a page is led to what everybody in may see.
            context.Response.Redirect(status == StatusCodes.Status401Unauthorized ? context.RedirectUri : "/gallery");
        }
        else
        {
            context.Response.StatusCode = status;
            if (context.HttpContext.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }
        }

        return Task.CompletedTask;
    }
}
