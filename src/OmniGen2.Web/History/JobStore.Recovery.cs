namespace OmniGen2.Web.History;

/// <summary>
/// What happens to the job that ran when the process ended. A crash cannot be told from somebody's kill -9, so a job is blamed by what repeats: the
/// process ended at the same piece of work, without any progress in between. Twice is enough when the process ended itself, or when it had been at
/// that piece far longer than it takes; a piece of a moment may twice be hit by chance, so there the third time counts, and after the second the
/// other jobs go first.
/// </summary>
public sealed partial class JobStore
{
    private const int CrashesOfItsOwn = 2;
    private const int CrashesByChance = 3;

    private static readonly string ParkedMessage =
        "The studio ended again and again at the same point of this job, so it is not run again by itself. Change it, or run it again if the cause is gone.";

    /// <summary>Longer than any piece of work takes; a slow machine's steps come near it.</summary>
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(10);

    /// <summary>What the last process left behind: the jobs that wait, in order, and those that are parked from now on.</summary>
    /// <param name="mark">What the last process was at.</param>
    public (IReadOnlyList<JobRow> Waiting, IReadOnlyList<JobRow> Parked) Recover(QuantumMark? mark)
    {
        using var db = history.CreateDbContext();
        var rows = db.Jobs.Where(x => x.State == JobState.Queued || x.State == JobState.Running).ToList();
        foreach (var row in rows.Where(x => x.State == JobState.Running))
        {
            row.State = JobState.Queued;
            // A round's picture is not the end of a picture that checks itself.
            if (row.Kind != JobKind.Reflection && db.Pictures.FirstOrDefault(x => x.Id == row.Id) is { } picture)
            {
                End(row, picture.IsPartial ? JobState.Stopped : JobState.Done, message: null);
            }
            else
            {
                Blame(row, mark?.Job == row.Id ? mark : null, last: rows.Max(x => x.Place));
            }
        }

        db.SaveChanges();
        rows.Sort((x, y) => x.Place.CompareTo(y.Place));
        return (rows.FindAll(x => x.State == JobState.Queued), rows.FindAll(x => x.State == JobState.Parked));
    }

    private void Blame(JobRow row, QuantumMark? mark, long last)
    {
        row.Crashes = mark is null ? 0 : mark.Quantum == row.CrashedAt ? row.Crashes + 1 : 1;
        row.CrashedAt = mark?.Quantum;
        if (row.Crashes >= (mark is { IsOwnFault: true } || mark?.Lasted >= LongTime ? CrashesOfItsOwn : CrashesByChance))
        {
            End(row, JobState.Parked, ParkedMessage);
        }
        else if (row.Crashes >= CrashesOfItsOwn)
        {
            row.Place = last + 1;
        }
    }
}
