using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Carries out what webhooks are to be told: whenever a job has ended, and whenever a retry is due.</summary>
internal sealed class WebhookPost(
    WebhookStore store, WebhookSender sender, JobReader reader, JobQueue queue, TimeProvider time, IOptions<JsonOptions> json, ILogger<WebhookPost> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _wake = new(0);

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Follow(stoppingToken), Work(stoppingToken));

    private async Task Follow(CancellationToken stoppingToken)
    {
        await foreach (var _ in queue.Watch(stoppingToken))
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    private async Task Work(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _wake.WaitAsync(await Round(stoppingToken), stoppingToken);
        }
    }

    /// <returns>How long nothing is due.</returns>
    private async Task<TimeSpan> Round(CancellationToken cancellationToken)
    {
        try
        {
            await store.Prepare(Body, cancellationToken);
            var (due, next) = await store.Due(cancellationToken);
            foreach (var (delivery, webhook) in due)
            {
                await sender.Send(delivery, webhook, cancellationToken);
            }

            var wait = due.Count > 0 ? TimeSpan.Zero : next - time.GetUtcNow() ?? Longest;
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
        }
        catch (Exception error) when (error is Microsoft.EntityFrameworkCore.DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
        {
            logger.LogWarning(error, "Webhooks wait, because the database cannot be read or written");
            return Longest;
        }
    }

    private async Task<string> Body(JobRow row)
    {
        var view = await reader.Find(row.Id, CancellationToken.None);
        var type = $"job.{row.State.ToString().ToLowerInvariant()}";
        return JsonSerializer.Serialize(new WebhookBody(type, row.FinishedAt!.Value, view), json.Value.SerializerOptions);
    }
}

/// <summary>What a webhook is told.</summary>
/// <param name="Type">job.done, job.failed, job.stopped or job.parked.</param>
/// <param name="Timestamp">When the job ended.</param>
/// <param name="Data">The job.</param>
public sealed record WebhookBody(string Type, DateTimeOffset Timestamp, JobView Data);
