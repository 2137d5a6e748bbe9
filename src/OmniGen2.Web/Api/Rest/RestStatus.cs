using Microsoft.AspNetCore.Diagnostics;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Behind /api a status without words gets its sentence as a problem document: programs want no page.</summary>
public static class RestStatus
{
    public static void UseRestStatus(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        if (context.Request.GetTypedHeaders().ContentType?.Charset is { Length: > 0 } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            // The framework would look for the encoding and end in an exception where it has none.
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        }
        else
        {
            await next(context);
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null, ContentLength: null })
        {
            await Results.Problem(Sentence(context), statusCode: response.StatusCode).ExecuteAsync(context);
        }
    });

    private static string Sentence(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is no {context.Request.Path} here: /docs lists what there is.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} takes no {context.Request.Method}: /docs says what it takes.",
        StatusCodes.Status413PayloadTooLarge => "The request is larger than this route takes: send less at once.",
        StatusCodes.Status415UnsupportedMediaType => "The body is not marked as JSON in UTF-8: send Content-Type: application/json.",
        StatusCodes.Status400BadRequest => "A parameter or the body cannot be read: /docs says what this route takes.",
        _ => "This was refused.",
    };
}
