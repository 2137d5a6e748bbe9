using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Team;

public static class TeamSetup
{
    private const string AnyScheme = "Studio";
    private const string KeyScheme = "Key";
    private const int ShortestPassword = 12;
    private const int TriesOfOneAccount = 20;

    // How often one address may knock at the doors: sign in, sign up, come by a link.
    private const int KnocksAMinute = 20;

    /// <summary>Accounts, how people come in, and what they may do. What is not allowed to somebody is allowed to nobody.</summary>
    public static void AddTeam(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TeamOptions>().BindConfiguration("Team").ValidateDataAnnotations().ValidateOnStart();
        services.AddIdentityCore<PersonRow>(Configure).AddEntityFrameworkStores<HistoryDb>().AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(1));
        services.AddSingleton<TeamMode>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<People>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<SignUps>();
        services.AddSingleton<PersonRemoval>();
        services.AddSingleton<Notices>();
        services.AddSingleton<Shares>();
        services.AddSingleton<SharedLinks>();
        services.AddSingleton<Remarks>();
        services.AddSingleton<TeamActivity>();
        services.AddSingleton<QueueCare>();
        services.AddSingleton<PeopleUse>();
        services.AddSingleton<StudioCare>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService<TeamStart>();
        services.AddScoped<CircuitHandler, AskerCircuit>();
        AddSchemes(services);
        AddPolicies(services);
        services.AddRateLimiter(Limit);
    }

    /// <summary>Who asks, and whether they may.</summary>
    public static void UseTeam(this IApplicationBuilder app)
    {
        app.UseRateLimiter();
        // Whatever goes wrong below, nobody is more than nobody.
        app.Use((context, next) =>
        {
            Asker.Enter(Asker.Nobody);
            // The page that says "not found" is for who looks: it takes no posts, and would answer them with a fault of its own.
            if (!HttpMethods.IsGet(context.Request.Method) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(context);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(Enter);
    }

    private static async Task Enter(HttpContext context, RequestDelegate next)
    {
        var asker = context.User.Asker();
        Asker.Enter(asker);
        if (asker.Session is not { } session || !context.Request.Path.StartsWithSegments("/_blazor"))
        {
            await next(context);
            return;
        }

        // An open page hangs on its connection: that breaks off with the session.
        using var _ = context.RequestServices.GetRequiredService<Sessions>().EndOf(session).Register(context.Abort);
        await next(context);
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
        options.Password = new PasswordOptions { RequiredLength = ShortestPassword, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
        options.Lockout.MaxFailedAccessAttempts = TriesOfOneAccount;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, SoloHandler>(AskerClaims.Solo, null)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyScheme, null)
            .AddCookie(SessionCookie.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme)
            .Configure<IOptions<TeamOptions>>((cookie, team) => SessionCookie.Configure(cookie, team.Value.SessionDays));
    }

    private static string SchemeOf(HttpContext context) => context.RequestServices.GetRequiredService<TeamMode>().IsOn
        ? KeyHandler.Takes(context.Request) ? KeyScheme : SessionCookie.Scheme
        : AskerClaims.Solo;

    private static void AddPolicies(IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder();
        foreach (var permission in Enum.GetNames<Permission>())
        {
            authorization.AddPolicy(permission, policy => policy.RequireClaim(AskerClaims.Permission, permission));
        }

        services.AddCascadingAuthenticationState();
        services.AddOptions<Microsoft.AspNetCore.Authorization.AuthorizationOptions>().Configure(options =>
            options.DefaultPolicy = options.FallbackPolicy = options.GetPolicy(nameof(Permission.See))!);
    }

    private static void Limit(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, cancellationToken) =>
            await context.HttpContext.Response.WriteAsync("Too many tries from your address: wait a minute, then try again.", cancellationToken);
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && Doors.IsDoor(context.Request.Path)
                ? RateLimitPartition.GetFixedWindowLimiter(context.Address(), _ => new FixedWindowRateLimiterOptions { PermitLimit = KnocksAMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(""));
    }
}
