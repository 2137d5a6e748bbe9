using System.Collections.Immutable;

namespace OmniGen2.Web.Jobs;

/// <summary>Who waits, in which order, and what stands still. Not safe by itself: the queue locks.</summary>
internal sealed class JobLine
{
    private readonly List<Job> _waiting = [];

    public Job? Running { get; private set; }

    public ImmutableHashSet<QueuePart> Halted { get; set; } = [];

    public QueueState State => new(Running, [.. _waiting]) { Halted = Halted };

    public bool IsWaiting(Job job) => _waiting.Contains(job);

    public void Add(Job job)
    {
        var index = _waiting.FindIndex(x => x.Place > job.Place);
        _waiting.Insert(index < 0 ? _waiting.Count : index, job);
    }

    public bool Remove(Job job) => _waiting.Remove(job);

    /// <summary>The next that may run, which then runs; null when none may. One that shall only be ended goes first and through every halt.</summary>
    public Job? Take()
    {
        var state = State;
        var next = _waiting.Find(x => x.Wish != JobWish.None) ?? _waiting.Find(state.MayRun);
        if (next is not null)
        {
            _waiting.Remove(next);
            Running = next;
        }

        return next;
    }

    public void Ended(Job job) => Running = Running == job ? null : Running;

    /// <summary>The running job waits again, at its old place.</summary>
    public void PutBack(Job job)
    {
        Ended(job);
        Add(job);
    }

    /// <summary>
    /// The places that its owner's waiting jobs would have after the move. Only they change places among themselves, so nobody else's job comes later
    /// for it.
    /// </summary>
    public IReadOnlyDictionary<Job, long> Places(Job job, JobMove move)
    {
        var own = _waiting.FindAll(x => x.Owner == job.Owner);
        var groups = own.GroupBy(x => x.Batch ?? x.Id).Select(x => x.ToList()).ToList();
        var from = groups.FindIndex(x => x.Contains(job));
        var to = move switch
        {
            JobMove.Up => Math.Max(from - 1, 0),
            JobMove.Down => Math.Min(from + 1, groups.Count - 1),
            JobMove.First => 0,
            _ => groups.Count - 1,
        };
        var moved = groups[from];
        groups.RemoveAt(from);
        groups.Insert(to, moved);
        return groups.SelectMany(x => x).Zip(own.Select(x => x.Place)).Where(x => x.First.Place != x.Second).ToDictionary(x => x.First, x => x.Second);
    }

    public void Place(IReadOnlyDictionary<Job, long> places)
    {
        foreach (var (job, place) in places)
        {
            job.Place = place;
        }

        _waiting.Sort((x, y) => x.Place.CompareTo(y.Place));
    }
}
