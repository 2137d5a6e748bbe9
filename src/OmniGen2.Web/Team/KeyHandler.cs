using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OmniGen2.Web.Team;

/// <summary>Lets programs in by `Authorization: Bearer` and a person's key.</summary>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";
    private const int LongestKey = 200;

    public static bool Takes(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        return key.Length <= LongestKey && await keys.AskerOf(key) is { } asker
            ? AuthenticateResult.Success(new AuthenticationTicket(AskerClaims.Principal(asker, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The key is unknown, too old or revoked.");
    }

    // In the words that OpenAI's clients read.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Response.WriteAsJsonAsync(new
        {
            error = new { message = "The key is unknown, too old or revoked: make a new one on the page Account.", type = "invalid_request_error", param = (string?)null, code = "invalid_api_key" },
        });
    }
}
