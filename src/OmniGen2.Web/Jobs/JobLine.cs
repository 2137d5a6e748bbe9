using System.Collections.Immutable;
using OmniGen2.Web.Jobs.Fair;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

/// <summary>Who is at work, who waits, in which order, and what stands still. Not safe by itself: the queue locks.</summary>
internal sealed partial class JobLine(QueueOptions options, TimeProvider time, Func<string?, double> weightOf, Func<Job, double?> leftOf)
{
    // Of work that was never measured, where only the order matters.
    private const double SupposedSeconds = 10;

    private readonly FairShare _share = new(options, time);
    private readonly List<Job> _waiting = [];
    private readonly List<Job> _atWork = [];
    private ImmutableHashSet<QueuePart> _halted = [];
    private List<Job>? _due;
    private List<Claim> _claims = [];
    private Job? _first;
    private Lanes _lanes = Lanes.One;

    public ImmutableHashSet<QueuePart> Halted
    {
        get => _halted;
        set => Change(() => _halted = value);
    }

    public QueueState State
    {
        get
        {
            var expected = Forecast([]).Expected;
            return new([.. _atWork], [.. _waiting.OrderBy(x => expected.TryGetValue(x.Id, out var at) ? at.Start : double.PositiveInfinity)]) { Halted = Halted };
        }
    }

    public bool IsWaiting(Job job) => _waiting.Contains(job);

    public bool IsAtWork(Job job) => _atWork.Contains(job);

    public void Add(Job job) => Change(() => Insert(_waiting, job));

    public bool Remove(Job job)
    {
        _due = null;
        return _waiting.Remove(job);
    }

    public void Ended(Job job) => Change(() => _atWork.Remove(job));

    /// <summary>A job at work waits again, at its old place.</summary>
    public void PutBack(Job job) => Change(() =>
    {
        _atWork.Remove(job);
        Insert(_waiting, job);
    });

    /// <summary>A quantum was done.</summary>
    public void Charge(Job job, TimeSpan spent) => _share.Charge(job.Owner, spent);

    /// <summary>Something was asked of a job.</summary>
    public void Wished() => _due = null;

    /// <summary>Who does the next quantum; null when nobody may. Its jobs are at work from here on.</summary>
    /// <param name="lanes">How many pictures go side by side, until another call says otherwise; <see cref="Forecast"/> reckons with it.</param>
    public Turn? Next(Lanes? lanes = null)
    {
        _lanes = lanes ?? Lanes.One;
        // What shall only be ended goes first and through every halt.
        var job = _due is null ? _atWork.Concat(_waiting).FirstOrDefault(x => x.Wish != JobWish.None) : null;
        var isWished = job is not null;
        var aside = _due is null ? _atWork.FindAll(x => x.Wish == JobWish.None && !MayRun(x)) : [];
        List<Job> along = [];
        if (job is null && aside.Count == 0)
        {
            job = Due();
            along = job is null ? [] : Along(job, _lanes);
        }

        if (job is not null && !_atWork.Contains(job))
        {
            aside = [.. aside, .. _atWork.Count >= options.OpenJobs && Displaced(job) is { } displaced ? [displaced] : Array.Empty<Job>()];
        }

        if (job is not null && along.Prepend(job).Where(x => !_atWork.Contains(x)).ToList() is { Count: > 0 } begun)
        {
            Begin(begun);
        }

        _due = isWished || aside.Count > 0 ? null : _due;
        return job is null && aside.Count == 0 ? null : new Turn(job, aside) { With = along };
    }

    /// <summary>Plays the line forward.</summary>
    /// <param name="coming">Would be in it too.</param>
    public LineForecast Forecast(IReadOnlyList<Job> coming)
    {
        var hasTimes = true;
        var all = _atWork.Concat(_waiting).Concat(coming).Where(MayRun).ToList();
        var first = all.Where(x => x.IsBeforeAll).OrderBy(x => x.Place).Select(Work).ToList();
        var lanes = all.Where(x => !x.IsBeforeAll).GroupBy(x => x.Owner).Select(x => x.OrderBy(Rank).ToList()).ToList();
        var claims = lanes.ConvertAll(x => new Claim(x[0].Owner, weightOf(x[0].Owner), x[0].IsInteractive, Room.Is));
        var standings = _share.Standings(claims);
        var people = lanes.Select((jobs, i) => new ForecastPerson(claims[i].Weight, standings[i], jobs.ConvertAll(Work))).ToList();
        return new LineForecast(Fair.Forecast.Of(people, options, first, _lanes.Most), hasTimes);

        ForecastJob Work(Job job)
        {
            var left = leftOf(job);
            hasTimes &= left is not null;
            return new ForecastJob(job.Id, left ?? SupposedSeconds, job.IsInteractive, _lanes.Most > 1 ? _lanes.ShapeOf(job) : null);
        }
    }

    private static void Insert(List<Job> jobs, Job job)
    {
        var index = jobs.FindIndex(x => x.Place > job.Place);
        jobs.Insert(index < 0 ? jobs.Count : index, job);
    }

    private bool MayRun(Job job) => QueuePart.MayRun(_halted, job.Owner);

    private Job? Due()
    {
        if (_due is null)
        {
            Claim();
        }

        return _first ?? (_share.Choose(_claims) is { } index ? _due![index] : null);
    }

    /// <summary>For each person the job that they would go on with.</summary>
    private void Claim()
    {
        _first = _atWork.Concat(_waiting).Where(x => x.IsBeforeAll && MayRun(x)).MinBy(x => x.Place);
        var first = new Dictionary<string, Job>();
        foreach (var job in _atWork.Concat(_waiting).Where(MayRun))
        {
            if (!first.TryGetValue(job.Owner ?? "", out var best) || Rank(job).CompareTo(Rank(best)) < 0)
            {
                first[job.Owner ?? ""] = job;
            }
        }

        _due = [.. first.Values];
        var answers = _atWork.Count(x => !CanBeSaved(x));
        _claims = [.. _due.Select(x => new Claim(x.Owner, weightOf(x.Owner), x.IsInteractive, RoomOf(x, answers)))];
    }

    private Room RoomOf(Job job, int answers)
    {
        if (_atWork.Contains(job))
        {
            return Room.Is;
        }

        // One place is left to jobs that can be saved, or answers without end would keep all others out.
        var isShut = CanBeSaved(job) ? answers >= options.OpenJobs : answers >= Math.Max(options.OpenJobs - 1, 1);
        return isShut ? Room.IsNot : _atWork.Count < options.OpenJobs ? Room.Is : Room.IsTaken;
    }

    /// <summary>What somebody waits for comes before other work, what was begun before what was not.</summary>
    private (bool, bool, long) Rank(Job job) => (!job.IsInteractive, !_atWork.Contains(job), job.Place);

    /// <summary>Whose place a further job takes: another of the same person, or of the one who would go on last.</summary>
    private Job? Displaced(Job by) => _atWork
        .Where(CanBeSaved)
        .OrderByDescending(x => x.Owner == by.Owner)
        .ThenByDescending(x => _share.Used(x.Owner) / weightOf(x.Owner))
        .ThenByDescending(x => x.Place)
        .FirstOrDefault();

    /// <summary>An answer would begin anew.</summary>
    private static bool CanBeSaved(Job job) => job.Picture is not null && job.Wish == JobWish.None;

    private void Change(Action change)
    {
        change();
        _due = null;
    }
}
