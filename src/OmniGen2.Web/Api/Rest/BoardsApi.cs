using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Named collections of pictures, and the tags in use.</summary>
internal static class BoardsApi
{
    private const int MostTags = 500;

    public static void MapBoards(this IEndpointRouteBuilder boards)
    {
        boards.MapGet("", List).WithSummary("All boards, by name.");
        boards.MapPost("", Create).WithSummary("A new, empty board.");
        boards.MapPatch("/{board:guid}", Rename).WithSummary("Gives it another name.");
        boards.MapDelete("/{board:guid}", Trash).WithSummary("Takes it away; its pictures stay.");
        boards.MapPost("/{board:guid}/restore", Restore).WithSummary("Brings it back.");
        boards.MapPost("/{board:guid}/pictures", Add).WithSummary("Puts pictures on it.");
        boards.MapDelete("/{board:guid}/pictures/{picture:guid}", Remove).WithSummary("Takes a picture off it.");
    }

    public static void MapTags(this IEndpointRouteBuilder tags) => tags.MapGet("", Tags).WithSummary("The tags used most, by name.");

    private static Ok<IReadOnlyList<BoardView>> List(Boards boards) => TypedResults.Ok<IReadOnlyList<BoardView>>([.. boards.All().Select(x => new BoardView(x.Id, x.Name, x.Count))]);

    private static async Task<Created<BoardView>> Create([FromBody] BoardName wanted, Boards boards, CancellationToken cancellationToken)
    {
        var row = await boards.Create(NameOf(wanted), cancellationToken);
        return TypedResults.Created($"/api/boards/{row.Id}", new BoardView(row.Id, row.Name, 0));
    }

    private static async Task<NoContent> Rename(Guid board, [FromBody] BoardName wanted, Boards boards, CancellationToken cancellationToken)
    {
        Check(board, boards);
        await boards.Rename(board, NameOf(wanted), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Trash(Guid board, Boards boards, CancellationToken cancellationToken)
    {
        Check(board, boards);
        await boards.Trash(board, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Restore(Guid board, Boards boards, CancellationToken cancellationToken)
    {
        await boards.Restore(board, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ChangedView>> Add(Guid board, [FromBody] IReadOnlyList<Guid> pictures, Boards boards, ImageStore images, CancellationToken cancellationToken)
    {
        Check(board, boards);
        await images.Require(pictures, cancellationToken);
        return TypedResults.Ok(new ChangedView((await boards.Add(board, [.. pictures.Distinct()], cancellationToken)).Count));
    }

    private static async Task<Ok<ChangedView>> Remove(Guid board, Guid picture, Boards boards, CancellationToken cancellationToken)
    {
        Check(board, boards);
        return TypedResults.Ok(new ChangedView((await boards.Remove(board, [picture], cancellationToken)).Count));
    }

    private static Ok<IReadOnlyList<TagSummary>> Tags(PictureTags tags) => TypedResults.Ok(tags.Most(MostTags));

    private static string NameOf(BoardName wanted) => wanted.Name ?? throw new ModelException("A board needs a name.");

    private static void Check(Guid board, Boards boards)
    {
        if (boards.All().All(x => x.Id != board))
        {
            throw new RestFault(StatusCodes.Status404NotFound, $"There is no board {board}: GET /api/boards lists those there are.");
        }
    }
}
