using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>The end of what was thrown away; before that, `search=is:trashed` lists the pictures and …/restore brings them back.</summary>
internal static class TrashApi
{
    public static void MapTrash(this IEndpointRouteBuilder trash)
    {
        trash.MapDelete("", Empty).WithSummary("Deletes all pictures in one's trash for good.");
        trash.MapDelete("/{id:guid}", Purge).WithSummary("Deletes a picture in the trash for good.");
    }

    private static async Task<Ok<ChangedView>> Empty(PictureTrash trash, CancellationToken cancellationToken) => TypedResults.Ok(new ChangedView(await trash.Empty(cancellationToken)));

    private static async Task<NoContent> Purge(Guid id, PictureTrash trash, CancellationToken cancellationToken) =>
        await trash.Purge([id], cancellationToken) > 0
            ? TypedResults.NoContent()
            : throw new RestFault(StatusCodes.Status404NotFound, $"There is no picture {id} in your trash: GET /api/pictures?search=is:trashed lists those there are.");
}
