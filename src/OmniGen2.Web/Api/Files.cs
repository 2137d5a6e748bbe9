using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api;

/// <summary>What the browser fetches by itself: previews, pictures, thumbnails.</summary>
public static class Files
{
    // A picture never changes, and its address cannot be guessed. Private: no proxy in between keeps it.
    private const string Forever = "private, max-age=31536000, immutable";

    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/previews/{job:guid}", Preview).WithTags("Files").WithSummary("A job's unfinished picture, as it is now.");
        app.MapGet("/images/{id:guid}.png", Picture).WithTags("Files").WithSummary("A picture's file.");
        app.MapGet("/thumbs/{id:guid}", Thumb).WithTags("Files").WithSummary("A small form of it.");
        app.MapGet("/films/{id:guid}", Film).WithTags("Files").WithSummary("A small frame of each of its steps, all in one file.");
        app.MapGet("/examples/{name}", Example).ExcludeFromDescription();
    }

    private static Results<FileContentHttpResult, NotFound> Preview(Guid job, int? v, JobQueue queue, HttpContext context)
    {
        if (queue.Find(job)?.Preview.Render() is not { } frame)
        {
            return TypedResults.NotFound();
        }

        // Who asks for an older version gets the latest, which must not be kept under that address.
        context.Response.Headers.CacheControl = v == frame.Version ? Forever : "no-store";
        return TypedResults.Bytes(frame.Jpeg, "image/jpeg");
    }

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> Picture(Guid id, ImageStore images, HttpContext context, CancellationToken cancellationToken) =>
        await images.Find(id, cancellationToken) is { } picture && images.FileOf(picture) is { } file
            ? Kept(context, file, TypeOf(file), picture.Sha256)
            : TypedResults.NotFound();

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> Film(
        Guid id, ImageStore images, StepStore steps, HttpContext context, CancellationToken cancellationToken) =>
        await images.Find(id, cancellationToken) is { } picture && steps.FilmOf(picture) is { } film
            ? Kept(context, film.File, "image/webp", $"{picture.Sha256}-film")
            : TypedResults.NotFound();

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> Example(string name, ExamplePictures examples, HttpContext context, CancellationToken cancellationToken) =>
        (await examples.Read(cancellationToken)).Values.FirstOrDefault(x => x.Name == name) is { } example
            ? Kept(context, example.File, "image/png", example.Sha256)
            : TypedResults.NotFound();

    // What people bring is kept in its own format; the address ends in .png all the same.
    internal static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => "image/png",
    };

    private static async Task<Results<PhysicalFileHttpResult, NotFound>> Thumb(
        Guid id, ImageStore images, Thumbnails thumbnails, HttpContext context, CancellationToken cancellationToken) =>
        await images.Find(id, cancellationToken) is { } picture && thumbnails.FileOf(picture) is { } file
            ? Kept(context, file, "image/webp", $"{picture.Sha256}-{Thumbnails.Side}")
            : TypedResults.NotFound();

    private static PhysicalFileHttpResult Kept(HttpContext context, string file, string type, string version)
    {
        context.Response.Headers.CacheControl = Forever;
        return TypedResults.PhysicalFile(file, type, entityTag: new EntityTagHeaderValue($"\"{version}\""), enableRangeProcessing: true);
    }
}
