namespace OmniGen2.Web.Hosting;

/// <summary>
/// Refuses what another site's page does here in a visitor's name. Browsers let any page open a WebSocket or post a form to any address, this
/// machine's included, but they say whose page it was; programs that are no browsers say nothing and are let through.
/// </summary>
public static class SameOrigin
{
    public static void UseSameOrigin(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var changes = context.WebSockets.IsWebSocketRequest || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (!changes || request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsHere(origin, request.Host))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync($"{origin} may not act on this studio: open the studio itself.", context.RequestAborted);
    });

    // The scheme may differ behind a proxy that ends TLS; the name and the port are the visitor's own in either case.
    private static bool IsHere(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
