using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api;

/// <summary>The pictures that a link shows. The link is the right to them, so they lie below it, and go with it.</summary>
public static class SharedFiles
{
    public static void MapSharedFiles(this IEndpointRouteBuilder app)
    {
        // Where there is nothing, a picture is missing and not a page.
        var link = app.MapGroup("/s/{token}").AllowAnonymous().WithMetadata(new SkipStatusCodePagesAttribute()).ExcludeFromDescription();
        link.MapGet("/images/{id:guid}.png", Picture);
        link.MapGet("/thumbs/{id:guid}", Thumb);
        link.MapGet("/preview", Preview);
    }

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> Picture(string token, Guid id, SharedLinks links, ImageStore images, HttpContext context) =>
        await Find(token, id, links) is { } picture && images.FileOf(picture) is { } file ? Once(context, file, Files.TypeOf(file)) : TypedResults.NotFound();

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> Thumb(string token, Guid id, SharedLinks links, Thumbnails thumbnails, HttpContext context) =>
        await Find(token, id, links) is { } picture && thumbnails.FileOf(picture) is { } file ? Once(context, file, "image/webp") : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> Preview(string token, SharedLinks links, JobQueue queue, HttpContext context)
    {
        if (await links.Find(token) is not { Kind: ShareKind.Picture } share || !SharedLinks.Admits(share)
            || Asker.As(Asker.Studio, () => queue.Find(share.SubjectId))?.Preview.Render() is not { } frame)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(frame.Jpeg, "image/jpeg");
    }

    private static async Task<PictureRow?> Find(string token, Guid id, SharedLinks links) =>
        await links.Find(token) is { } share && SharedLinks.Admits(share) ? await links.Picture(share, id) : null;

    // A link can be taken back at any time: nothing of it is kept by the browser.
    private static PhysicalFileHttpResult Once(HttpContext context, string file, string type)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.PhysicalFile(file, type, enableRangeProcessing: true);
    }
}
