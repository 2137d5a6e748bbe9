using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>How fast this machine draws, by what it drew of late.</summary>
public sealed class PictureSpeed(IDbContextFactory<HistoryDb> history)
{
    private const int Looked = 40;

    /// <summary>The newest whole pictures of a checkpoint.</summary>
    public async Task<MeasuredSpeed> Of(string model, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var drawn = await db.Pictures.AsNoTracking()
            .Where(x => x.Model == model && !x.IsPartial && x.DurationMilliseconds > 0 && x.Kind != PictureKind.Step && x.Kind != PictureKind.Upload)
            .OrderByDescending(x => x.CreatedAt).Take(Looked).ToListAsync(cancellationToken);
        return new MeasuredSpeed([.. drawn.Select(x => (PictureCost.Of(x), x.DurationMilliseconds / 1000))]);
    }
}

/// <summary>What pictures cost (<see cref="PictureCost"/>) and how many seconds they took.</summary>
public sealed record MeasuredSpeed(IReadOnlyList<(double Cost, double Seconds)> Pictures)
{
    // Enough for a middle that one odd picture does not move.
    private const int Nearest = 8;

    public static MeasuredSpeed Unknown { get; } = new([]);

    /// <summary>
    /// The middle half of what the most similar pictures would have taken at this cost. Similar ones, because small pictures take longer than their
    /// share. Null where nothing was drawn yet.
    /// </summary>
    public TimeBand? Estimate(double cost)
    {
        var seconds = Pictures.OrderBy(x => Math.Abs(Math.Log(x.Cost / cost))).Take(Nearest).Select(x => x.Seconds * cost / x.Cost).Order().ToList();
        return seconds.Count == 0 ? null : new TimeBand(seconds[seconds.Count / 4], seconds[(seconds.Count - 1) * 3 / 4]);
    }
}
