using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>Webhooks, and what was told to each of them.</summary>
public sealed class WebhookStore(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    private const int AtOnce = 100;
    private const int SecretBytes = 32;
    private const int MostWebhooks = 20;

    /// <summary>How secrets begin, by the convention of standard webhooks.</summary>
    public const string SecretMark = "whsec_";

    public async Task<WebhookRow> Add(string url, string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Webhooks.CountAsync(x => x.Owner == owner, cancellationToken) >= MostWebhooks)
        {
            throw new ModelException($"There are {MostWebhooks} webhooks already: delete one first.");
        }

        var now = time.GetUtcNow();
        var secret = SecretMark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        var row = new WebhookRow { Id = Guid.NewGuid(), Owner = owner, Url = url, Secret = secret, CreatedAt = now, SeenUntil = now };
        db.Webhooks.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return row;
    }

    public async Task<IReadOnlyList<WebhookRow>> Of(string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Webhooks.AsNoTracking().Where(x => x.Owner == owner).OrderBy(x => x.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>With its log. False when there is none of that owner.</summary>
    public async Task<bool> Delete(Guid id, string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Webhooks.Where(x => x.Id == id && x.Owner == owner).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await db.Deliveries.Where(x => x.WebhookId == id).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    /// <summary>What was told to a webhook, the newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> Log(Guid webhook, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Deliveries.AsNoTracking().Where(x => x.WebhookId == webhook).OrderByDescending(x => x.CreatedAt).Take(AtOnce).ToListAsync(cancellationToken);
    }

    /// <summary>Writes down a delivery for every job that has ended and has none yet, so that no end of the process loses one or doubles it.</summary>
    /// <param name="bodyOf">What is told about a job.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task Prepare(Func<JobRow, Task<string>> bodyOf, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        foreach (var hook in await db.Webhooks.ToListAsync(cancellationToken))
        {
            var ended = await db.Jobs.AsNoTracking()
                .Where(x => x.FinishedAt >= hook.SeenUntil && x.Owner == hook.Owner && !db.Deliveries.Any(d => d.WebhookId == hook.Id && d.JobId == x.Id))
                .OrderBy(x => x.FinishedAt).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var job in ended)
            {
                var now = time.GetUtcNow();
                db.Deliveries.Add(new DeliveryRow { Id = Guid.NewGuid(), WebhookId = hook.Id, JobId = job.Id, Body = await bodyOf(job), CreatedAt = now, NextAt = now });
                hook.SeenUntil = job.FinishedAt!.Value;
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>What is due, the oldest first, and when the next is.</summary>
    public async Task<(IReadOnlyList<(DeliveryRow Delivery, WebhookRow Webhook)> Due, DateTimeOffset? Next)> Due(CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var waiting = db.Deliveries.AsNoTracking().Where(x => x.State == DeliveryState.Waiting);
        var due = await waiting.Where(x => x.NextAt <= now).OrderBy(x => x.NextAt).Take(AtOnce)
            .Join(db.Webhooks, x => x.WebhookId, x => x.Id, (delivery, hook) => new { delivery, hook }).ToListAsync(cancellationToken);
        return ([.. due.Select(x => (x.delivery, x.hook))], await waiting.Where(x => x.NextAt > now).MinAsync(x => (DateTimeOffset?)x.NextAt, cancellationToken));
    }

    public async Task Note(Guid delivery, Action<DeliveryRow> change, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Deliveries.FindAsync([delivery], cancellationToken) is { } row)
        {
            change(row);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
