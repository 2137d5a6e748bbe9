namespace OmniGen2.Web.Jobs;

/// <summary>How people order what they wait for.</summary>
internal sealed partial class JobLine
{
    /// <summary>
    /// The places that its owner's waiting jobs would have after the move. Only they change places among themselves, so nobody else's job comes later
    /// for it.
    /// </summary>
    public IReadOnlyDictionary<Job, long> Places(Job job, JobMove move)
    {
        if (move == JobMove.BeforeAll || job.IsBeforeAll)
        {
            return move == JobMove.BeforeAll ? BeforeAll(job) : new Dictionary<Job, long>();
        }

        var own = _waiting.FindAll(x => x.Owner == job.Owner && !x.IsBeforeAll);
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

    public void Place(IReadOnlyDictionary<Job, long> places) => Change(() =>
    {
        foreach (var (job, place) in places)
        {
            job.Place = place;
        }

        _waiting.Sort((x, y) => x.Place.CompareTo(y.Place));
    });

    /// <summary>The latest goes first.</summary>
    private Dictionary<Job, long> BeforeAll(Job job)
    {
        var group = _waiting.FindAll(x => x == job || (x.Batch is not null && x.Batch == job.Batch));
        var first = Math.Min(0, _atWork.Concat(_waiting).Min(x => x.Place)) - group.Count;
        return group.Select((x, i) => (x, i)).ToDictionary(x => x.x, x => first + x.i);
    }
}
