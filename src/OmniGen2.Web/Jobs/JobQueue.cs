using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs.Fair;
using OmniGen2.Web.Options;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>
/// The line in front of the one model, and the only way to it. Everything is written into the database before it is acted on, so that it outlives the
/// process: a job before it waits, a move before the order changes, a halt before anything stands still.
/// </summary>
public sealed partial class JobQueue(
    JobStore rows,
    AnswerStore answers,
    StateStore states,
    StepStore steps,
    QuantumMarks marks,
    JobIntake intake,
    JobEstimates estimates,
    JobQuotas quotas,
    RecentUse recent,
    TimeProvider time,
    IOptions<StudioOptions> options,
    IOptions<QueueOptions> sharing,
    ILogger<JobQueue> logger) : IDisposable
{
    // As often as anybody can follow numbers and previews, and seldom enough that an audience costs the model next to nothing.
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly JobLine _line = new(sharing.Value, time, x => quotas.Of(x).Weight, estimates.LeftOf);
    private readonly ConcurrentDictionary<Guid, Job> _jobs = [];
    private readonly ManualResetEventSlim _changed = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Broadcast<QueueState> _state = new(QueueState.Empty);
    private readonly Broadcast<QueueState> _progress = new(QueueState.Empty);
    private readonly Pace _pace = new(time, ProgressEvery);
    private long _lastPlace;

    public QueueState State => _state.Latest;

    /// <summary>The queue now and after every change: something came, began, moved, was halted or ended.</summary>
    public IAsyncEnumerable<QueueState> Watch(CancellationToken cancellationToken = default) => _state.Watch(cancellationToken);

    /// <summary>As above, and the same state once more, a few times a second, while jobs get further.</summary>
    public IAsyncEnumerable<QueueState> Progress(CancellationToken cancellationToken = default) => _progress.Watch(cancellationToken);

    /// <summary>A job that waits, runs or has ended of late, and that who asks may see.</summary>
    public Job? Find(Guid id) => _jobs.GetValueOrDefault(id) is { } job && (Asker.Current.Owns(job.Owner) || rows.IsSeen(id)) ? job : null;

    /// <summary>What who asks may see of the queue as it is now.</summary>
    public JobSight Sight() => new(rows.Seen([.. State.AtWork.Concat(State.Waiting).Where(x => !Asker.Current.Owns(x.Owner)).Select(x => x.Id)]));

    /// <summary>Those of a batch that wait, run or have ended of late.</summary>
    public IReadOnlyList<Job> OfBatch(Guid batch) => [.. _jobs.Values.Where(x => x.Batch == batch && Find(x.Id) is not null)];

    /// <summary>
    /// One job a picture, in order. A request that cannot be drawn is refused here as a whole, with a <see cref="ModelException"/>; one that is taken
    /// survives the process.
    /// </summary>
    public async Task<IReadOnlyList<Job>> Enqueue(PictureRequest request, string? owner = null, CancellationToken cancellationToken = default) =>
        await Enqueue(await intake.Jobs(request, owner, cancellationToken), cancellationToken);

    /// <summary>The job that writes the next message of a conversation; refuses like the above.</summary>
    public async Task<Job> Enqueue(AnswerRequest request, string? owner = null, CancellationToken cancellationToken = default) =>
        (await Enqueue([await intake.Job(request, owner, cancellationToken)], cancellationToken))[0];

    /// <summary>When everything that is at work or waits will begin and end, as of now.</summary>
    public QueueForecast Forecast() => Forecast([]);

    /// <summary>When a picture of that person's, or of who asks, would be begun if it were asked for now, in seconds; null where nobody can say.</summary>
    public TimeBand? StartOf(PictureRequest request, string? owner = null)
    {
        var job = new Job(Guid.NewGuid(), request, time.GetUtcNow()) { Owner = owner ?? Asker.Current.Id, Place = long.MaxValue };
        return Forecast([job]).StartOf(job);
    }

    public void Dispose()
    {
        _pace.Dispose();
        _changed.Dispose();
        _writing.Dispose();
    }

    private async Task<IReadOnlyList<Job>> Enqueue(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            CheckRoom(jobs.Count);
            await quotas.Check(jobs, State.Of(jobs[0].Owner), cancellationToken);
            foreach (var job in jobs)
            {
                job.Place = ++_lastPlace;
            }

            var promises = estimates.Promise(jobs, Forecast(jobs));
            await rows.Add([.. jobs.Select(x => x.ToRow())], promises, jobs[0].Request is AnswerRequest answer ? answer.ToRow(jobs[0]) : null, cancellationToken);
            Change(() => jobs.ToList().ForEach(Line));
            return jobs;
        }
        finally
        {
            _writing.Release();
        }
    }

    private QueueForecast Forecast(IReadOnlyList<Job> coming)
    {
        lock (_lock)
        {
            return estimates.Forecast(_line.Forecast(coming));
        }
    }

    private void CheckRoom(int coming)
    {
        if (State.Waiting.Count + coming > options.Value.MaxWaiting)
        {
            throw new ModelException($"{State.Waiting.Count} jobs are waiting and at most {options.Value.MaxWaiting} may: try again later, or raise Studio:MaxWaiting.");
        }
    }

    private void Line(Job job)
    {
        job.Progressed = () => _pace.Raise(() => _progress.Publish(State));
        _jobs[job.Id] = job;
        _line.Add(job);
    }

    /// <summary>Changes the line, tells everybody who watches, and wakes the worker.</summary>
    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            Tell();
            _changed.Set();
        }
    }

    private void Tell()
    {
        _state.Publish(_line.State);
        _progress.Publish(State);
    }
}
