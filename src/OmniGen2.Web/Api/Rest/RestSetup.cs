using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api.Rest;

/// <summary>The studio's own API, under /api: whatever its pages can, a script can.</summary>
public static class RestSetup
{
    private const long LongestJson = 1 << 20;

    public static void AddRest(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options => Write(options.SerializerOptions));
        // What cannot be read is answered by RestErrors, in development too.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.AddSignalR().AddJsonProtocol(options => Write(options.PayloadSerializerOptions));
        services.AddSingleton<JobTaker>();
        services.AddSingleton<JobReader>();
        services.AddSingleton<JobEvents>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookPost>();
    }

    public static void MapRest(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").AddEndpointFilter<RestErrors>().WithMetadata(new RequestSizeLimitAttribute(LongestJson));
        ((IEndpointConventionBuilder)api).Add(AskForMake);
        api.MapGroup("/jobs").WithTags("Jobs").MapJobs();
        api.MapGroup("/queue").WithTags("Queue").MapQueue();
        api.MapGroup("/pictures").WithTags("Pictures").MapPictures();
        api.MapGroup("/pictures").WithTags("Pictures").MapSteps();
        api.MapGroup("/trash").WithTags("Pictures").MapTrash();
        api.MapGroup("/boards").WithTags("Boards").MapBoards();
        api.MapGroup("/tags").WithTags("Boards").MapTags();
        api.MapGroup("/threads").WithTags("Threads").MapThreads();
        api.MapGroup("").WithTags("Settings").MapSettings();
        api.MapGroup("/presets").WithTags("Settings").MapPresets();
        api.MapGroup("").WithTags("Prompts").MapPrompts();
        api.MapGroup("/webhooks").WithTags("Webhooks").MapWebhooks();
        app.MapHub<JobsHub>("/hubs/jobs");
    }

    /// <summary>Who only looks changes nothing.</summary>
    private static void AskForMake(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<HttpMethodMetadata>().Any(x => !x.HttpMethods.Contains(HttpMethods.Get)))
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(nameof(Permission.Make)));
        }
    }

    /// <summary>Enumerations as words; what is null is left out.</summary>
    private static void Write(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }
}
