using Microsoft.AspNetCore.Http.HttpResults;

namespace OmniGen2.Web.Api;

/// <summary>What programs can ask the studio: as an OpenAPI document, and as a page for people that needs nothing from elsewhere.</summary>
public static class Docs
{
    private const string Name = "studio";

    public static void AddDocs(this IHostApplicationBuilder builder) => builder.Services.AddOpenApi(Name, options => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "OmniGen2 Studio";
        document.Info.Description = "Jobs, pictures and boards under /api, OpenAI's routes under /v1.";
        // The address is whichever the reader came by.
        document.Servers?.Clear();
        return Task.CompletedTask;
    }));

    public static void MapDocs(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapGet("/docs", Page).ExcludeFromDescription();
    }

    private static Results<PhysicalFileHttpResult, NotFound> Page(IWebHostEnvironment environment) =>
        environment.WebRootFileProvider.GetFileInfo("docs.html").PhysicalPath is { } file
            ? TypedResults.PhysicalFile(file, "text/html; charset=utf-8")
            : TypedResults.NotFound();
}
