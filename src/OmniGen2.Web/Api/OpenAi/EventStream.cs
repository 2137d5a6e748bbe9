using System.Text.Json;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Server-sent events, each on its way as soon as it is written.</summary>
internal sealed class EventStream(HttpResponse response)
{
    public void Begin()
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no"; // proxies that collect
    }

    /// <param name="name">Null: an event without a name.</param>
    /// <param name="data">Written as JSON.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public async Task Send<T>(string? name, T data, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(data, OpenAiJson.Options);
        await Write(name is null ? $"data: {json}\n\n" : $"event: {name}\ndata: {json}\n\n", cancellationToken);
    }

    /// <summary>A line that clients skip: it tells people how far things are, and keeps the connection from looking idle.</summary>
    public Task Comment(JobUpdate update, CancellationToken cancellationToken) => Write($": {Words(update)}\n\n", cancellationToken);

    public Task Done(CancellationToken cancellationToken) => Write("data: [DONE]\n\n", cancellationToken);

    private static string Words(JobUpdate update) => update switch
    {
        JobUpdate.Queued => "waits in the queue",
        JobUpdate.Working { Phase: JobPhase.Denoising } work => $"step {work.Step} of {work.Steps}",
        JobUpdate.Working work => work.Phase.ToString(),
        JobUpdate.Answering => "answers",
        _ => "ended",
    };

    private async Task Write(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
