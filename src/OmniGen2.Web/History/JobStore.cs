using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>The jobs' rows. Everything that must survive the process is written here before it is acted on.</summary>
public sealed partial class JobStore(IDbContextFactory<HistoryDb> history, Faults faults, TimeProvider time)
{
    /// <summary>All of them or none; rows that cannot be written are a <see cref="ModelException"/> for who asked.</summary>
    /// <param name="jobs">What is asked for.</param>
    /// <param name="promises">What is told about them.</param>
    /// <param name="answer">The message that they write: added to the end of its thread, or emptied when there is one with its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task Add(IReadOnlyList<JobRow> jobs, IReadOnlyList<EstimateRow> promises, MessageRow? answer, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        db.Jobs.AddRange(jobs);
        db.Estimates.AddRange(promises);
        if (answer is not null && await db.Messages.FindAsync([answer.Id], cancellationToken) is { } known)
        {
            (known.Text, known.JobId, known.PictureId, known.Fault) = ("", answer.JobId, null, null);
        }
        else if (answer is not null)
        {
            answer.Place = 1 + (await db.Messages.Where(x => x.ThreadId == answer.ThreadId).MaxAsync(x => (long?)x.Place, cancellationToken) ?? 0);
            db.Messages.Add(answer);
        }

        await Save(db, cancellationToken);
    }

    public async Task<JobRow?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
    }

    /// <summary>Whether who asks may know of this job.</summary>
    public bool IsSeen(Guid id)
    {
        using var db = history.CreateDbContext();
        return db.Jobs.Any(x => x.Id == id);
    }

    /// <summary>Which of these jobs who asks may know of.</summary>
    public IReadOnlySet<Guid> Seen(IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0)
        {
            return new HashSet<Guid>();
        }

        using var db = history.CreateDbContext();
        return db.Jobs.Where(x => ids.Contains(x.Id)).Select(x => x.Id).ToHashSet();
    }

    /// <summary>The jobs that ended last, last first.</summary>
    public async Task<IReadOnlyList<JobRow>> Ended(int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().Where(x => x.FinishedAt != null).OrderByDescending(x => x.FinishedAt).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>What was asked for last, last first, as JSON.</summary>
    public async Task<IReadOnlyList<string>> LatestRequests(JobKind kind, string? owner, int count, CancellationToken cancellationToken)
    {
        owner ??= Asker.Current.Id;
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().Where(x => x.Kind == kind && x.Owner == owner).OrderByDescending(x => x.Place).Take(count).Select(x => x.Request).ToListAsync(cancellationToken);
    }

    /// <summary>Gives waiting jobs other places, all or none; rows that cannot be written are a <see cref="ModelException"/>.</summary>
    public async Task Place(IReadOnlyDictionary<Guid, long> places, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.Jobs.Where(x => places.Keys.Contains(x.Id)).ToListAsync(cancellationToken))
        {
            row.Place = places[row.Id];
        }

        await Save(db, cancellationToken);
    }

    /// <summary>The parts of the queue that stand still.</summary>
    public IReadOnlyList<string> Halted()
    {
        using var db = history.CreateDbContext();
        return [.. db.Halts.Select(x => x.Part)];
    }

    /// <summary>A row that cannot be written is a <see cref="ModelException"/>.</summary>
    public async Task Halt(string part, bool halt, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        switch (halt, await db.Halts.FindAsync([part], cancellationToken))
        {
            case (true, null):
                db.Halts.Add(new HaltRow { Part = part, Since = time.GetUtcNow() });
                break;
            case (false, { } row):
                db.Halts.Remove(row);
                break;
        }

        await Save(db, cancellationToken);
    }

    /// <summary>Whether something of a job is kept already.</summary>
    public bool HasPicture(Guid id)
    {
        using var db = history.CreateDbContext();
        return db.Pictures.Any(x => x.Id == id);
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

    public void End(Guid id, JobState state, string? message, TimeSpan work, string? answer = null) => Change(id, x =>
    {
        End(x, state, message);
        x.Answer = answer;
        x.WorkMilliseconds = work.TotalMilliseconds;
    });

    private void End(JobRow row, JobState state, string? message)
    {
        row.State = state;
        row.FinishedAt = time.GetUtcNow();
        row.Message = message;
    }

    private async Task Save(HistoryDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error)
        {
            throw new ModelException(faults.Sentence(error, Guid.Empty), error);
        }
    }

    private void Change(Guid id, Action<JobRow> change)
    {
        using var db = history.CreateDbContext();
        change(db.Jobs.Single(x => x.Id == id));
        db.SaveChanges();
    }
}
