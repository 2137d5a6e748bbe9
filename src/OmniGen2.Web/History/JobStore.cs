using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The jobs' rows. Everything that must survive the process is written here before it is acted on.</summary>
public sealed class JobStore(IDbContextFactory<HistoryDb> history, Faults faults, TimeProvider time)
{
    /// <summary>All of them or none; rows that cannot be written are a <see cref="ModelException"/> for who asked.</summary>
    public async Task Add(IReadOnlyList<JobRow> jobs, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        db.Jobs.AddRange(jobs);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error)
        {
            throw new ModelException(faults.Sentence(error, jobs[0].Id), error);
        }
    }

    public async Task<JobRow?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
    }

    /// <summary>The newest jobs of any state, newest first.</summary>
    public async Task<IReadOnlyList<JobRow>> Latest(int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().OrderByDescending(x => x.Place).Take(count).ToListAsync(cancellationToken);
    }

    public long LastPlace()
    {
        using var db = history.CreateDbContext();
        return db.Jobs.Max(x => (long?)x.Place) ?? 0;
    }

    public void Begin(Guid id) => Change(id, x =>
    {
        x.State = JobState.Running;
        x.StartedAt ??= time.GetUtcNow();
    });

    public void Worked(Guid id, TimeSpan work) => Change(id, x => x.WorkMilliseconds = work.TotalMilliseconds);

    /// <summary>Puts a running job back in line, as the process ends in good order.</summary>
    public void Return(Guid id) => Change(id, x => x.State = JobState.Queued);

    public void End(Guid id, JobState state, string? message) => Change(id, x => End(x, state, message));

    /// <summary>
    /// What the last process left behind, in order. The job that ran when it ended is done if it has its picture; it is parked with the given
    /// sentence if the same quantum ended the process before; else it waits again like all others.
    /// </summary>
    public IReadOnlyList<JobRow> Recover(QuantumMark? mark, string parkedMessage)
    {
        using var db = history.CreateDbContext();
        var rows = db.Jobs.Where(x => x.State == JobState.Queued || x.State == JobState.Running).OrderBy(x => x.Place).ToList();
        foreach (var row in rows.Where(x => x.State == JobState.Running))
        {
            var crashedAt = mark?.Job == row.Id ? mark.Quantum : (int?)null;
            var again = crashedAt is not null && crashedAt == row.CrashedAt;
            row.CrashedAt = crashedAt;
            row.State = JobState.Queued;
            if (db.Pictures.Any(x => x.Id == row.Id))
            {
                End(row, JobState.Done, message: null);
            }
            else if (again)
            {
                End(row, JobState.Parked, parkedMessage);
            }
        }

        db.SaveChanges();
        return rows.FindAll(x => x.State == JobState.Queued);
    }

    private void End(JobRow row, JobState state, string? message)
    {
        row.State = state;
        row.FinishedAt = time.GetUtcNow();
        row.Message = message;
    }

    private void Change(Guid id, Action<JobRow> change)
    {
        using var db = history.CreateDbContext();
        change(db.Jobs.Single(x => x.Id == id));
        db.SaveChanges();
    }
}
