using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

/// <summary>The line in front of the one model, and the only way to it. Each job is a row in the database before it is in the line.</summary>
public sealed class JobQueue(
    JobStore rows, StateStore states, QuantumMarks marks, JobIntake intake, IOptions<StudioOptions> options, ILogger<JobQueue> logger) : IDisposable
{
    private const int KeptAfterTheEnd = 20;
    private const string ParkedMessage = "The studio ended twice at the same point of this job, so it is not run again by itself. Change it, or run it again if the cause is gone.";

    private readonly Lock _lock = new();
    private readonly List<Job> _waiting = [];
    private readonly Queue<Job> _ended = [];
    private readonly ConcurrentDictionary<Guid, Job> _jobs = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _placing = new(1);
    private readonly Broadcast<QueueState> _state = new(new QueueState(null, []));
    private Job? _running;
    private long _lastPlace;

    public QueueState State => _state.Latest;

    /// <summary>The queue now and after every change: something came, began or ended.</summary>
    public IAsyncEnumerable<QueueState> Watch(CancellationToken cancellationToken = default) => _state.Watch(cancellationToken);

    /// <summary>A job that waits, runs or has ended of late.</summary>
    public Job? Find(Guid id) => _jobs.GetValueOrDefault(id);

    /// <summary>
    /// One job a picture, in order. A request that cannot be drawn is refused here as a whole, with a <see cref="ModelException"/>; one that is taken
    /// survives the process.
    /// </summary>
    public async Task<IReadOnlyList<Job>> Enqueue(PictureRequest request, string? owner = null, CancellationToken cancellationToken = default)
    {
        var jobs = await intake.Jobs(request, owner, cancellationToken);
        await _placing.WaitAsync(cancellationToken);
        try
        {
            CheckRoom(jobs.Count);
            await rows.Add([.. jobs.Select(x => x.ToRow(++_lastPlace))], cancellationToken);
            Line(jobs);
        }
        finally
        {
            _placing.Release();
        }

        return jobs;
    }

    /// <summary>Ends a waiting job at once and a running one within a step. False when it has ended already.</summary>
    public bool Stop(Guid id)
    {
        lock (_lock)
        {
            if (_running?.Id == id)
            {
                _running.AskToStop();
                return true;
            }

            if (_waiting.RemoveAll(x => x.Id == id) == 0)
            {
                return false;
            }
        }

        End(_jobs[id], new JobUpdate.Stopped());
        return true;
    }

    public void Dispose()
    {
        _arrived.Dispose();
        _placing.Dispose();
    }

    /// <summary>Brings back what an earlier process left. Called once, before the worker begins.</summary>
    internal void Restore()
    {
        _lastPlace = rows.LastPlace();
        var jobs = rows.Recover(marks.Last, ParkedMessage).Select(Job).OfType<Job>().ToList();
        states.KeepOnly(jobs.Select(x => x.Id));
        Line(jobs);
    }

    /// <summary>Waits for the next job. Its place in the line is given up; the caller owes an <see cref="End"/> or a <see cref="Return"/>.</summary>
    internal Job Take(CancellationToken cancellationToken)
    {
        while (true)
        {
            _arrived.Wait(cancellationToken);
            lock (_lock)
            {
                // A job may have been stopped since its arrival was counted.
                if (_waiting is [var first, ..])
                {
                    _waiting.RemoveAt(0);
                    _running = first;
                    PublishState();
                    return first;
                }
            }
        }
    }

    /// <summary>Leaves the running job to the next process.</summary>
    internal void Return(Job job) => rows.Return(job.Id);

    internal void End(Job job, JobUpdate end)
    {
        try
        {
            rows.End(job.Id, StateOf(end), (end as JobUpdate.Failed)?.Message);
            states.Delete(job.Id);
        }
        catch (Exception error)
        {
            // The picture, if any, is safe; the next start finds the row unfinished and settles it.
            logger.LogError(error, "The end of job {JobId} cannot be written", job.Id);
        }

        lock (_lock)
        {
            _running = _running == job ? null : _running;
            _ended.Enqueue(job);
            if (_ended.Count > KeptAfterTheEnd)
            {
                _jobs.TryRemove(_ended.Dequeue().Id, out _);
            }

            job.Publish(end);
            PublishState();
        }
    }

    private static JobState StateOf(JobUpdate end) => end switch
    {
        JobUpdate.Done => JobState.Done,
        JobUpdate.Failed => JobState.Failed,
        JobUpdate.Stopped => JobState.Stopped,
        JobUpdate.Parked => JobState.Parked,
        _ => throw new ArgumentException($"{end} is not an end.", nameof(end)),
    };

    private Job? Job(JobRow row)
    {
        try
        {
            return new Job(row.Id, RequestJson.Read(row.Request), row.CreatedAt)
            {
                Owner = row.Owner,
                Batch = row.Batch,
                Work = TimeSpan.FromMilliseconds(row.WorkMilliseconds),
            };
        }
        catch (Exception error) when (error is JsonException or ModelException)
        {
            logger.LogError(error, "The request of job {JobId} cannot be read", row.Id);
            rows.End(row.Id, JobState.Failed, (error as ModelException)?.Message ?? "This version of the studio cannot read the request: make it again.");
            return null;
        }
    }

    private void CheckRoom(int coming)
    {
        if (State.Waiting.Count + coming > options.Value.MaxWaiting)
        {
            throw new ModelException($"{State.Waiting.Count} jobs are waiting and at most {options.Value.MaxWaiting} may: try again later, or raise Studio:MaxWaiting.");
        }
    }

    private void Line(IReadOnlyCollection<Job> jobs)
    {
        lock (_lock)
        {
            foreach (var job in jobs)
            {
                _jobs[job.Id] = job;
                _waiting.Add(job);
                _arrived.Release();
            }

            PublishState();
        }
    }

    private void PublishState() => _state.Publish(new QueueState(_running, [.. _waiting]));
}
