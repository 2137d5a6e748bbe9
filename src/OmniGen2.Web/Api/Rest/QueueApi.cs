using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Api.Rest;

/// <summary>The line in front of the model.</summary>
internal static class QueueApi
{
    public static void MapQueue(this IEndpointRouteBuilder queue)
    {
        queue.MapGet("", Find).WithSummary("What runs and what waits, in order, and whether the queue stands still.");
        queue.MapPost("/halt", Halt).WithSummary("Lets the queue stand still after the current step, over restarts too.");
        queue.MapPost("/resume", Resume).WithSummary("Lets it go on.");
    }

    public static QueueView View(QueueState state) => new(state.Running?.Id, [.. state.Waiting.Select(x => x.Id)], state.IsHalted);

    private static Ok<QueueView> Find(JobQueue queue) => TypedResults.Ok(View(queue.State));

    private static async Task<NoContent> Halt(QueueCare care, CancellationToken cancellationToken)
    {
        await care.Halt(true, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Resume(QueueCare care, CancellationToken cancellationToken)
    {
        await care.Halt(false, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>The ids of the jobs in the queue.</summary>
public sealed record QueueView(Guid? Running, IReadOnlyList<Guid> Waiting, bool IsHalted);
