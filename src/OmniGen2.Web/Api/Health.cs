using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api;

/// <summary>Whether the process lives, for whoever watches it. It is healthy while the model still loads.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/healthz", Report).AllowAnonymous().WithTags("Operations").WithSummary("Whether the process lives; it does while the model still loads.");

    private static HealthReport Report(ModelHost model, JobQueue queue)
    {
        var state = model.State switch
        {
            ModelState.Ready => "ready",
            ModelState.Failed => "failed",
            _ => "loading",
        };
        return new HealthReport("ok", state, queue.State.Waiting.Count);
    }
}

public sealed record HealthReport(string Status, string Model, int Waiting);
