
namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Pictures from words, and from up to five pictures and words.</summary>
internal static class ImagesApi
{
    public static void MapImages(this IEndpointRouteBuilder api)
    {
        api.MapPost("/images/generations", Generate).WithSummary("Pictures from words; as in the API of OpenAI.");
        api.MapPost("/images/edits", Edit).WithSummary("Pictures from up to five pictures and words; as in the API of OpenAI.");
    }

    private static async Task<IResult> Generate(HttpContext context, RequestBody body, ImageAsker asker)
    {
        var fields = await body.Json(context);
        var model = await asker.Model(fields, context);
        return await asker.Draw(context, fields, model, []);
    }

    private static async Task<IResult> Edit(HttpContext context, RequestBody body, SentPictures sent, ImageAsker asker)
    {
        var (fields, pictures) = context.Request.HasJsonContentType() ? await Linked(context, body, sent) : await body.Form(context);
        var model = await asker.Model(fields, context);
        if (pictures.Count == 0)
        {
            throw OpenAiFault.Invalid("image", "Missing required parameter: 'image'.", "missing_required_parameter");
        }

        return await asker.Draw(context, fields, model, await sent.Keep(pictures, "image", ApiAccess.OwnerOf(context), context.RequestAborted));
    }

    /// <summary>The newer form of the request: JSON, with addresses of pictures.</summary>
    private static async Task<(RequestFields Fields, IReadOnlyList<SentPicture> Pictures)> Linked(HttpContext context, RequestBody body, SentPictures sent)
    {
        var fields = await body.Json(context);
        var links = fields.Objects("images").Select(x => x.RequiredText("image_url")).ToList();
        if (links.Count > RequestBody.MaxPictures)
        {
            throw RequestBody.TooMany("images");
        }

        return (fields, await sent.Read(links, "images", context.RequestAborted));
    }
}
