using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What people were told about their jobs, and how it turned out.</summary>
public sealed class EstimateStore(IDbContextFactory<HistoryDb> history)
{
    /// <summary>Writes down how the job ended. Null where nothing was promised.</summary>
    /// <param name="job">Its id.</param>
    /// <param name="counts">It ended by itself, and nobody moved or paused it.</param>
    /// <param name="worked">Time that the model spent on it.</param>
    /// <param name="started">When it began; null when it did not.</param>
    /// <param name="ended">When it ended.</param>
    public EstimateRow? Grade(Guid job, bool counts, TimeSpan worked, DateTimeOffset? started, DateTimeOffset ended)
    {
        using var db = history.CreateDbContext();
        if (db.Estimates.Find(job) is not { } row)
        {
            return null;
        }

        row.Worked = worked.TotalSeconds;
        row.Started = (started - row.CreatedAt)?.TotalSeconds;
        row.Ended = (ended - row.CreatedAt).TotalSeconds;
        row.EndedAt = ended;
        row.Outcome = !counts ? EstimateOutcome.Void
            : row.Ended < row.EndLow ? EstimateOutcome.Early
            : row.Ended > row.EndHigh ? EstimateOutcome.Late
            : EstimateOutcome.Held;
        db.SaveChanges();
        return row;
    }

    /// <summary>The last that were graded, oldest first.</summary>
    public IReadOnlyList<EstimateRow> Last(int count)
    {
        using var db = history.CreateDbContext();
        var rows = db.Estimates.AsNoTracking()
            .Where(x => x.EndedAt != null && x.Outcome != EstimateOutcome.Void && x.Outcome != EstimateOutcome.Open)
            .OrderByDescending(x => x.EndedAt).Take(count).ToList();
        rows.Reverse();
        return rows;
    }
}
