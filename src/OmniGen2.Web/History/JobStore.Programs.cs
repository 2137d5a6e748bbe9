using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>Which jobs a list shows; what is null does not matter.</summary>
public sealed record JobFilter
{
    public JobState? State { get; init; }

    public JobKind? Kind { get; init; }

    public Guid? Batch { get; init; }

    public DateTimeOffset? Before { get; init; }
}

/// <summary>Jobs as programs look for them.</summary>
public sealed partial class JobStore
{
    /// <summary>The jobs that were asked for under a program's key, in order.</summary>
    public async Task<IReadOnlyList<JobRow>> OfKey(string key, string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().Where(x => x.Key == key && x.Owner == owner).OrderBy(x => x.Place).ToListAsync(cancellationToken);
    }

    /// <summary>Jobs, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Where the page before ended, as it said; null: at the newest. A text that is none is a <see cref="ModelException"/>.</param>
    /// <param name="count">At most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A page, and where the next begins; null at the end. What is asked for meanwhile shifts nothing.</returns>
    public async Task<(IReadOnlyList<JobRow> Rows, string? Next)> List(JobFilter filter, string? cursor, int count, CancellationToken cancellationToken)
    {
        var (from, skip) = cursor is null ? (DateTimeOffset.MaxValue, 0) : Read(cursor);
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var rows = await db.Jobs.AsNoTracking()
            .Where(x => x.CreatedAt <= from
                && (filter.State == null || x.State == filter.State) && (filter.Kind == null || x.Kind == filter.Kind)
                && (filter.Batch == null || x.Batch == filter.Batch) && (filter.Before == null || x.CreatedAt < filter.Before))
            .OrderByDescending(x => x.CreatedAt).ThenBy(x => x.Id).Skip(skip).Take(count + 1).ToListAsync(cancellationToken);
        if (rows.Count <= count)
        {
            return (rows, null);
        }

        rows.RemoveAt(count);
        var last = rows[^1].CreatedAt;
        var same = rows.Count(x => x.CreatedAt == last) + (last == from ? skip : 0);
        return (rows, string.Create(CultureInfo.InvariantCulture, $"{last.ToUnixTimeMilliseconds()}.{same}"));
    }

    private static (DateTimeOffset From, int Skip) Read(string cursor) =>
        cursor.Split('.') is [var time, var skip]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var skipped)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), skipped)
            : throw new ModelException("The cursor is none that a list gave: leave it out to begin at the newest.");
}
