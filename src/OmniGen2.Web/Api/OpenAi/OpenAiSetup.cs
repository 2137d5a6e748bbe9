using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.Options;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The API that OpenAI's own clients speak, under /v1.</summary>
public static class OpenAiSetup
{
    public static void AddOpenAi(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ApiOptions>().BindConfiguration("Api").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestBody>();
        services.AddSingleton<ClientJobs>();
        services.AddSingleton<FinishedPictures>();
        services.AddSingleton<PictureStream>();
        services.AddSingleton<ImageAsker>();
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<AnswerAsker>();
        services.AddSingleton<ChatWriter>();
        services.AddSingleton<ResponseWriter>();
        services.AddSingleton<SentPictures>();
        services.AddSingleton<RemotePictures>();
        services.AddSingleton<AllowAddress>(PublicAddress.IsPublic);
        services.AddSingleton<ResolveName>(System.Net.Dns.GetHostAddressesAsync);
    }

    public static void MapOpenAi(this IEndpointRouteBuilder app)
    {
        // Bodies have a limit of their own, which says in a sentence what to do.
        var api = app.MapGroup("/v1").WithTags("OpenAI").AddEndpointFilter<OpenAiErrors>().WithMetadata(new DisableRequestSizeLimitAttribute()).RequireAuthorization(nameof(Permission.Make));
        api.MapModels();
        api.MapImages();
        api.MapChat();
        api.MapResponses();
        api.Map("/{**path}", IResult (HttpContext context) =>
            throw new OpenAiFault(StatusCodes.Status404NotFound, $"There is no {context.Request.Method} {context.Request.Path} here.", code: "unknown_url"));
    }
}
