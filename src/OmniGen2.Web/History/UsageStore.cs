using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What somebody took on one day, by the clock of the studio's machine.</summary>
/// <param name="Day">From midnight to midnight.</param>
/// <param name="Seconds">Of the model, for jobs that ended on that day.</param>
/// <param name="Pictures">Made on that day.</param>
/// <param name="Bytes">Of these pictures.</param>
public sealed record UsageDay(DateOnly Day, double Seconds, int Pictures, long Bytes);

/// <summary>What people took of the model and of the disk, as the rows of jobs and pictures say.</summary>
public sealed class UsageStore(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    public DateOnly Today => DayOf(time.GetUtcNow());

    /// <summary>Seconds of the model today, in jobs that have ended.</summary>
    public async Task<double> SecondsToday(string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var midnight = Begin(Today);
        return await db.Jobs.Where(x => x.Owner == owner && x.FinishedAt >= midnight).SumAsync(x => x.WorkMilliseconds, cancellationToken) / 1000;
    }

    /// <summary>All pictures, those in the trash too.</summary>
    public async Task<long> Bytes(string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.Where(x => x.Owner == owner).SumAsync(x => x.Bytes, cancellationToken);
    }

    /// <summary>The last so many days, the oldest first; those on which nothing was made too.</summary>
    public async Task<IReadOnlyList<UsageDay>> Days(string? owner, int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var first = Today.AddDays(1 - count);
        var since = Begin(first);
        var jobs = await db.Jobs.AsNoTracking().Where(x => x.Owner == owner && x.FinishedAt >= since)
            .Select(x => new { x.FinishedAt, x.WorkMilliseconds }).ToListAsync(cancellationToken);
        var pictures = await db.Pictures.AsNoTracking().Where(x => x.Owner == owner && x.CreatedAt >= since)
            .Select(x => new { x.CreatedAt, x.Bytes }).ToListAsync(cancellationToken);
        var worked = jobs.ToLookup(x => DayOf(x.FinishedAt!.Value), x => x.WorkMilliseconds / 1000);
        var made = pictures.ToLookup(x => DayOf(x.CreatedAt), x => x.Bytes);
        return [.. Enumerable.Range(0, count).Select(first.AddDays).Select(x => new UsageDay(x, worked[x].Sum(), made[x].Count(), made[x].Sum()))];
    }

    private DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).DateTime);

    private DateTimeOffset Begin(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, time.LocalTimeZone.GetUtcOffset(midnight));
    }
}
