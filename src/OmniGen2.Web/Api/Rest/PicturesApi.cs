using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Pictures: searched, looked at, marked, tagged, thrown away and brought back, with the tree that they stand in.</summary>
internal static class PicturesApi
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public static void MapPictures(this IEndpointRouteBuilder pictures)
    {
        pictures.MapGet("", List).WithSummary("Searches, in the words of the gallery's search box: tag:, board:, rating:>=3, is:trashed, a phrase in quotes.");
        pictures.MapGet("/{id:guid}", Find).WithSummary("One picture with its tags, parents and all about how it was made.");
        pictures.MapPatch("/{id:guid}", Change).WithSummary("Stars or rates it.");
        pictures.MapDelete("/{id:guid}", Trash).WithSummary("Moves it to the trash.");
        pictures.MapPost("/{id:guid}/restore", Restore).WithSummary("Takes it out of the trash.");
        pictures.MapPut("/{id:guid}/tags/{tag}", Tag).WithSummary("Tags it.");
        pictures.MapDelete("/{id:guid}/tags/{tag}", Untag).WithSummary("Takes a tag away.");
        pictures.MapPost("/{id:guid}/prove", Prove).WithSummary("Runs it again and says: bit-identical, identical within x dB, or different because what changed.");
        pictures.MapGet("/{id:guid}/tree", Tree).WithSummary("What it came from and what came of it.");
        pictures.MapPost("/zip", Zip).WithSummary("Where these pictures lie as one zip with a manifest, for a quarter of an hour.");
    }

    private static Ok<PicturePage> List(string? search, Word<PictureOrder>? order, int? start, int? limit, PictureSearch pictures)
    {
        var found = pictures.Find(search ?? "", order?.Value ?? PictureOrder.Newest);
        var page = pictures.Page(found, Math.Max(0, start ?? 0), Math.Clamp(limit ?? UsualPage, 1, LargestPage));
        return TypedResults.Ok(new PicturePage(found.Count, [.. page.Select(PictureView.Of)], [.. found.Query.Faults]));
    }

    private static async Task<Ok<PictureDetails>> Find(Guid id, ImageStore images, PictureTags tags, CancellationToken cancellationToken)
    {
        var row = await images.Require(id, cancellationToken);
        var metadata = JsonSerializer.Deserialize<JsonElement>(row.Metadata);
        return TypedResults.Ok(new PictureDetails(PictureView.Of(row), [.. tags.Of([id]).Select(x => x.Tag)], await images.ParentsOf(id, cancellationToken), metadata));
    }

    private static async Task<Ok<PictureView>> Change(Guid id, [FromBody] PictureChange change, ImageStore images, Gallery gallery, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        if (change.Rating is { } rating)
        {
            await gallery.Rate(new Dictionary<Guid, int> { [id] = rating }, cancellationToken);
        }

        if (change.IsStarred is { } isStarred)
        {
            await gallery.Star([id], isStarred, cancellationToken);
        }

        return TypedResults.Ok(PictureView.Of(await images.Require(id, cancellationToken)));
    }

    private static async Task<NoContent> Trash(Guid id, ImageStore images, Gallery gallery, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        await gallery.Trash([id], cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Restore(Guid id, ImageStore images, Gallery gallery, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        await gallery.Restore([id], cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Tag(Guid id, string tag, ImageStore images, PictureTags tags, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        await tags.Add([id], tag, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Untag(Guid id, string tag, ImageStore images, PictureTags tags, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        await tags.Remove([id], TagName.Of(tag), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Proof>> Prove(Guid id, HttpContext context, ImageStore images, Prover prover, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        return TypedResults.Ok(await prover.Prove(id, ApiAccess.OwnerOf(context), cancellationToken));
    }

    private static async Task<Ok<TreeView>> Tree(Guid id, ImageStore images, TreeStore trees, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        var tree = await trees.Of(id, cancellationToken: cancellationToken);
        return TypedResults.Ok(new TreeView([.. tree.Nodes.Concat(tree.Beside.Values).Select(Node)], tree.IsWhole));
    }

    private static TreeNodeView Node(TreeNode node) => new(node.Id, node.Parents, node.State, node.Picture is { } row ? PictureView.Of(row) : null);

    private static async Task<Ok<ZipView>> Zip([FromBody] IReadOnlyList<Guid> wanted, ImageStore images, ZipTickets tickets, CancellationToken cancellationToken)
    {
        await images.Require(wanted, cancellationToken);
        return TypedResults.Ok(new ZipView(Links.Zip(tickets.Issue(wanted))));
    }
}
