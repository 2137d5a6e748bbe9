using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api;

/// <summary>Takes pictures in: the file itself is the body of a POST, its name stands in the query.</summary>
public static class Uploads
{
    // The store stops reading at its own limit and says so in a sentence; the server's limit is lower and says nothing.
    public static void MapUploads(this IEndpointRouteBuilder app) => app.MapPost("/uploads", Add).WithMetadata(new DisableRequestSizeLimitAttribute()).RequireAuthorization(nameof(Permission.Make))
        .WithTags("Files").WithSummary("Takes a picture in: the file is the body, its name stands in the query.");

    private static async Task<Results<Ok<UploadedPicture>, ProblemHttpResult>> Add(
        string? name, HttpRequest request, ImageStore images, CancellationToken cancellationToken)
    {
        try
        {
            var file = await ImageFile.ReadAsync(request.Body, cancellationToken: cancellationToken);
            var picture = await images.AddUpload(file, name ?? "", cancellationToken: cancellationToken);
            return TypedResults.Ok(new UploadedPicture(picture.Id, picture.Width, picture.Height, Links.Picture(picture.Id), Links.Thumbnail(picture.Id)));
        }
        catch (ModelException refused)
        {
            return TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}

/// <summary>A picture as it lies in the history now, and where it can be seen.</summary>
public sealed record UploadedPicture(Guid Id, int Width, int Height, string Picture, string Thumbnail);
