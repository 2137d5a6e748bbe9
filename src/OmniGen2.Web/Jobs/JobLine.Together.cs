namespace OmniGen2.Web.Jobs;

/// <summary>Who goes along with the one who is due.</summary>
internal sealed partial class JobLine
{
    /// <summary>
    /// Those whose turn would be next, as long as their pictures have the shape of the first one and there is room in memory; they are at work from
    /// here on. So nobody waits longer than without them, but for the steps of those who go along: while somebody waits for an answer or a single
    /// edit, nobody does.
    /// </summary>
    private List<Job> Along(Job first, Lanes lanes)
    {
        var along = new List<Job>();
        if (lanes.Most < 2 || _claims.Exists(x => x.IsInteractive) || lanes.ShapeOf(first) is not { } shape)
        {
            return along;
        }

        var room = options.OpenJobs - _atWork.Count - (_atWork.Contains(first) ? 0 : 1);
        foreach (var job in Following(first).TakeWhile(x => lanes.ShapeOf(x) == shape))
        {
            room -= _atWork.Contains(job) ? 0 : 1;
            if (room < 0)
            {
                break;
            }

            along.Add(job);
            if (along.Count == lanes.Most - 1)
            {
                break;
            }
        }

        return along;
    }

    /// <summary>The jobs that would do the next quanta; to the first that would do two, for it can do one only.</summary>
    private IEnumerable<Job> Following(Job first)
    {
        var others = _atWork.Concat(_waiting).Where(x => x != first && x.IsBeforeAll == first.IsBeforeAll && MayRun(x));
        if (first.IsBeforeAll)
        {
            foreach (var job in others.OrderBy(x => x.Place))
            {
                yield return job;
            }

            yield break;
        }

        var own = others.GroupBy(x => x.Owner ?? "").ToDictionary(x => x.Key, x => new Queue<Job>(x.OrderBy(Rank)));
        foreach (var index in _share.After(_claims, _due!.IndexOf(first)))
        {
            if (!own.TryGetValue(_due[index].Owner ?? "", out var jobs) || !jobs.TryDequeue(out var job))
            {
                yield break;
            }

            yield return job;
        }
    }

    private void Begin(IReadOnlyList<Job> jobs) => Change(() =>
    {
        foreach (var job in jobs)
        {
            _waiting.Remove(job);
            Insert(_atWork, job);
        }
    });
}
