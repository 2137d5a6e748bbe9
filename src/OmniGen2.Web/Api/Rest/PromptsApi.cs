using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>What helps to write prompts.</summary>
internal static class PromptsApi
{
    private const int Usual = 100;
    private const int LongestPrompt = 20_000;

    public static void MapPrompts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/prompts", Earlier).WithSummary("What one asked for earlier, the newest first.");
        api.MapPost("/prompts/expand", Expand).WithSummary("The same prompt with more detail; the job's text is what the model wrote, as it wrote it.");
        api.MapPost("/pictures/{id:guid}/describe", Describe).WithSummary("Says what a picture shows: the job's text, and where the picture is one's own from then on its description.");
    }

    private static async Task<Ok<IReadOnlyList<string>>> Earlier(Word<PictureKind>? kind, int? limit, HttpContext context, PromptHistory history, CancellationToken cancellationToken) =>
        TypedResults.Ok(await history.Latest(kind?.Value ?? PictureKind.Created, ApiAccess.OwnerOf(context), Math.Clamp(limit ?? Usual, 1, Usual), cancellationToken));

    private static async Task<Accepted<JobView>> Expand([FromBody] PromptOrder order, HttpContext context, JobQueue queue, JobReader reader, CancellationToken cancellationToken)
    {
        if (order.Prompt?.Trim() is not { Length: > 0 and <= LongestPrompt } prompt)
        {
            throw new ModelException($"The prompt is empty or longer than {LongestPrompt} characters: the model adds detail to what stands there.");
        }

        return await reader.Taken(await queue.Enqueue(PromptWriter.Expand(prompt), ApiAccess.OwnerOf(context), cancellationToken), cancellationToken);
    }

    private static async Task<Accepted<JobView>> Describe(Guid id, HttpContext context, ImageStore images, JobQueue queue, JobReader reader, CancellationToken cancellationToken)
    {
        await images.Require(id, cancellationToken);
        return await reader.Taken(await queue.Enqueue(PromptWriter.Describe(id), ApiAccess.OwnerOf(context), cancellationToken), cancellationToken);
    }
}

public sealed record PromptOrder(string Prompt);
