using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api;

/// <summary>Pictures to take along, in the format and with as much about their making as is wished. The mark of an AI picture always stays.</summary>
public static class Downloads
{
    public static void MapDownloads(this IEndpointRouteBuilder app) => app.MapGet("/images/{id:guid}/download", Download)
        .WithTags("Files").WithSummary("A picture as PNG, JPEG or WebP, with or without what led to it.");

    /// <param name="id">The picture.</param>
    /// <param name="format">png, jpeg or webp.</param>
    /// <param name="parameters">Whether prompt, seed and settings go along.</param>
    /// <param name="images">Where pictures lie.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> Download(
        Guid id, ImageStore images, CancellationToken cancellationToken, string format = "png", bool parameters = true)
    {
        if (await images.Find(id, cancellationToken) is not { } picture || images.FileOf(picture) is not { } file)
        {
            return TypedResults.NotFound();
        }

        if (PictureFile.FormatOf(format) is not { } wanted)
        {
            return TypedResults.Problem($"There is no format '{format}': ask for png, jpeg or webp.", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            var bytes = PictureFile.Convert(await File.ReadAllBytesAsync(file, cancellationToken), wanted, parameters);
            return TypedResults.Bytes(bytes, wanted.MediaType(), FileName.Of(picture) + wanted.Extension());
        }
        catch (ModelException fault)
        {
            return TypedResults.Problem(fault.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
