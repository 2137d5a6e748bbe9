using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

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
    TimeProvider time,
    IOptions<StudioOptions> options,
    ILogger<JobQueue> logger) : IDisposable
{
    private const int KeptAfterTheEnd = 20;

    // As often as anybody can follow numbers and previews, and seldom enough that an audience costs the model next to nothing.
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly JobLine _line = new();
    private readonly Queue<Job> _ended = [];
    private readonly ConcurrentDictionary<Guid, Job> _jobs = [];
    private readonly ManualResetEventSlim _changed = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Broadcast<QueueState> _state = new(new QueueState(null, []));
    private readonly Broadcast<QueueState> _progress = new(new QueueState(null, []));
    private readonly Pace _pace = new(time, ProgressEvery);
    private long _lastPlace;

    public QueueState State => _state.Latest;

    /// <summary>The queue now and after every change: something came, began, moved, was halted or ended.</summary>
    public IAsyncEnumerable<QueueState> Watch(CancellationToken cancellationToken = default) => _state.Watch(cancellationToken);

    /// <summary>As above, and the same state once more, a few times a second, while its running job gets further.</summary>
    public IAsyncEnumerable<QueueState> Progress(CancellationToken cancellationToken = default) => _progress.Watch(cancellationToken);

    /// <summary>A job that waits, runs or has ended of late.</summary>
    public Job? Find(Guid id) => _jobs.GetValueOrDefault(id);

    /// <summary>Those of a batch that wait, run or have ended of late.</summary>
    public IReadOnlyList<Job> OfBatch(Guid batch) => [.. _jobs.Values.Where(x => x.Batch == batch)];

    /// <summary>
    /// One job a picture, in order. A request that cannot be drawn is refused here as a whole, with a <see cref="ModelException"/>; one that is taken
    /// survives the process.
    /// </summary>
    public async Task<IReadOnlyList<Job>> Enqueue(PictureRequest request, string? owner = null, CancellationToken cancellationToken = default) =>
        await Enqueue(await intake.Jobs(request, owner, cancellationToken), cancellationToken);

    /// <summary>The job that writes the next message of a conversation; refuses like the above.</summary>
    public async Task<Job> Enqueue(AnswerRequest request, string? owner = null, CancellationToken cancellationToken = default) =>
        (await Enqueue([await intake.Job(request, owner, cancellationToken)], cancellationToken))[0];

    public void Dispose()
    {
        _pace.Dispose();
        _changed.Dispose();
        _writing.Dispose();
    }

    /// <summary>Waits for the next job. The caller owes an <see cref="End"/> or a <see cref="Return"/>.</summary>
    internal Job Take(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock)
            {
                if (_line.Take() is { } next)
                {
                    Tell();
                    return next;
                }

                _changed.Reset();
            }

            _changed.Wait(cancellationToken);
        }
    }

    /// <summary>Whether a running job may do its next quantum.</summary>
    internal bool MayRun(Job job) => State.MayRun(job);

    /// <summary>The running job waits again: for the halt to end, or for the next process.</summary>
    internal void Return(Job job)
    {
        try
        {
            rows.Return(job.Id);
        }
        catch (Exception error) when (error is DbUpdateException or SqliteException)
        {
            // The row goes on saying that it runs, which the next start settles.
            logger.LogWarning(error, "Job {JobId} waits again and its row cannot say so", job.Id);
        }

        Change(() =>
        {
            _line.PutBack(job);
            job.Publish(job.Latest is JobUpdate.Working work ? new JobUpdate.Queued(work.Step, work.Steps) { Preview = work.Preview } : new JobUpdate.Queued());
        });
    }

    internal void End(Job job, JobUpdate end)
    {
        try
        {
            Settle(job, end);
        }
        catch (Exception error)
        {
            // The picture, if any, is safe; the next start finds the row unfinished and settles it.
            logger.LogError(error, "The end of job {JobId} cannot be written", job.Id);
        }

        Change(() => Over(job, end));
    }

    private static string? MessageOf(JobUpdate end) => end switch
    {
        JobUpdate.Failed failed => failed.Message,
        JobUpdate.Parked parked => parked.Message,
        _ => null,
    };

    private static JobState StateOf(JobUpdate end) => end switch
    {
        JobUpdate.Done or JobUpdate.Answered => JobState.Done,
        JobUpdate.Failed => JobState.Failed,
        JobUpdate.Stopped => JobState.Stopped,
        JobUpdate.Parked => JobState.Parked,
        _ => throw new ArgumentException($"{end} is not an end.", nameof(end)),
    };

    private async Task<IReadOnlyList<Job>> Enqueue(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            CheckRoom(jobs.Count);
            foreach (var job in jobs)
            {
                job.Place = ++_lastPlace;
            }

            await rows.Add([.. jobs.Select(x => x.ToRow())], jobs[0].Request is AnswerRequest answer ? answer.ToRow(jobs[0]) : null, cancellationToken);
            Change(() => jobs.ToList().ForEach(Line));
            return jobs;
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Settle(Job job, JobUpdate end)
    {
        rows.End(job.Id, StateOf(end), MessageOf(end));
        if (job.Request.Message is { } message && MessageOf(end) is { } sentence)
        {
            answers.Fail(message, sentence);
        }

        states.Delete(job.Id);
        if (end is not (JobUpdate.Done or JobUpdate.Stopped { Kept: true }) && job.Picture?.Reflection is null)
        {
            steps.Delete(job.Id);
        }
    }

    private void CheckRoom(int coming)
    {
        if (State.Waiting.Count + coming > options.Value.MaxWaiting)
        {
            throw new ModelException($"{State.Waiting.Count} jobs are waiting and at most {options.Value.MaxWaiting} may: try again later, or raise Studio:MaxWaiting.");
        }
    }

    private void Over(Job job, JobUpdate end)
    {
        _line.Ended(job);
        _jobs[job.Id] = job;
        _ended.Enqueue(job);
        if (_ended.Count > KeptAfterTheEnd)
        {
            _jobs.TryRemove(_ended.Dequeue().Id, out _);
        }

        job.Publish(end);
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
