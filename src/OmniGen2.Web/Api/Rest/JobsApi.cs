using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Api.OpenAi;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Jobs: asked for, looked at, listed, followed, cancelled, moved and run again.</summary>
internal static class JobsApi
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public static void MapJobs(this IEndpointRouteBuilder jobs)
    {
        jobs.MapPost("", Create).WithSummary("Asks for pictures or an answer. The same request under the same Idempotency-Key is taken once.");
        jobs.MapGet("", List).WithSummary("Jobs, the newest first, by state, kind, batch and time; `next` is the cursor of the next page.");
        jobs.MapGet("/{id:guid}", Find).WithSummary("One job: state, position, time to its end, step, preview, what came of it.");
        jobs.MapGet("/{id:guid}/events", Watch).Produces<JobView>(StatusCodes.Status200OK, "text/event-stream").Produces(StatusCodes.Status204NoContent).WithSummary("Server-sent events to its end. Last-Event-ID resumes; 204 says that there is nothing more.");
        jobs.MapPost("/{id:guid}/cancel", Cancel).WithSummary("Ends it, with nothing or with `keep` what there is of it; false when it has ended already.");
        jobs.MapPost("/{id:guid}/move", Move).WithSummary("Moves a waiting job up, down, to the front or the end of its owner's jobs.");
        jobs.MapPost("/{id:guid}/again", Again).WithSummary("Asks for the same once more, from the same seed or a new one.");
    }

    private static async Task<Accepted<TakenJobs>> Create(
        HttpContext context, [FromBody] JobOrder order, [FromHeader(Name = "Idempotency-Key")] string? key, JobTaker taker, JobReader reader, CancellationToken cancellationToken)
    {
        var (jobs, isNew) = await taker.Take(order, key, ApiAccess.OwnerOf(context), cancellationToken);
        context.Response.Headers["Idempotency-Replayed"] = isNew ? "false" : "true";
        return TypedResults.Accepted($"/api/jobs/{jobs[0]}", new TakenJobs(await reader.Find(jobs, cancellationToken)));
    }

    private static async Task<Ok<JobPage>> List(
        JobReader reader, Word<JobState>? state, Word<JobKind>? kind, Guid? batch, DateTimeOffset? before, string? cursor, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.List(
            new JobFilter { State = state?.Value, Kind = kind?.Value, Batch = batch, Before = before }, cursor, Math.Clamp(limit ?? UsualPage, 1, LargestPage), cancellationToken));

    private static async Task<Ok<JobView>> Find(Guid id, JobReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.Find(id, cancellationToken));

    private static async Task Watch(
        Guid id, HttpContext context, [FromHeader(Name = "Last-Event-ID")] string? lastId, JobEvents events, JobReader reader, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, CancellationToken cancellationToken)
    {
        // Before the stream begins, so that a job that does not exist is a plain 404.
        await reader.Find(id, cancellationToken);
        var response = context.Response;
        if (events.IsOver(id, lastId))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // proxies that collect
        // Now, and not with the first event, which may be long in coming.
        await response.Body.FlushAsync(cancellationToken);
        await foreach (var told in events.Watch(id, lastId, cancellationToken))
        {
            var data = JsonSerializer.Serialize(told.Job, json.Value.SerializerOptions);
            await response.WriteAsync($"id: {told.Id}\nevent: {told.Event}\ndata: {data}\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private static async Task<Ok<CancelledView>> Cancel(Guid id, bool? keep, JobQueue queue, JobReader reader, CancellationToken cancellationToken)
    {
        await reader.Find(id, cancellationToken);
        return TypedResults.Ok(new CancelledView(keep == true ? queue.Stop(id) : queue.Discard(id)));
    }

    private static async Task<Results<NoContent, Conflict<ProblemDetails>>> Move(Guid id, Word<JobMove> to, JobQueue queue, CancellationToken cancellationToken) =>
        await queue.Move(id, to.Value, cancellationToken)
            ? TypedResults.NoContent()
            : throw new RestFault(StatusCodes.Status409Conflict, "This job does not wait: only waiting jobs can be moved.");

    private static async Task<Accepted<JobView>> Again(Guid id, bool? newSeed, HttpContext context, JobQueue queue, JobReader reader, CancellationToken cancellationToken) =>
        await reader.Taken(await queue.RunAgain(id, newSeed == true, ApiAccess.OwnerOf(context), cancellationToken), cancellationToken);
}

public sealed record CancelledView(bool Cancelled);
