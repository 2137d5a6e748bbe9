using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What jobs of one kind, state and role sum up to.</summary>
public sealed record JobTotal(string Kind, string State, string Role, int Count, int Begun, double WorkMilliseconds, double WaitMilliseconds);

/// <summary>Sums over all jobs.</summary>
public sealed partial class JobStore
{
    public IReadOnlyList<JobTotal> Totals()
    {
        using var db = history.CreateDbContext();
        return [.. db.Database.SqlQuery<JobTotal>(
            $"""
             SELECT Kind, State, coalesce((SELECT Role FROM People WHERE Id = Owner), 'none') AS Role, count(*) AS Count, count(StartedAt) AS Begun, sum(WorkMilliseconds) AS WorkMilliseconds,
               coalesce(sum(CAST(StartedAt - CreatedAt AS REAL)), 0) AS WaitMilliseconds
             FROM Jobs GROUP BY 1, 2, 3
             """)];
    }
}
