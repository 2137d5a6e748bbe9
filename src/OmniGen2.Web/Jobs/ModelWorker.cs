using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

/// <summary>Loads the model and advances the jobs, one quantum at a time, on the one thread that may touch the model.</summary>
internal sealed class ModelWorker(
    ModelHost model,
    JobQueue queue,
    JobStore rows,
    JobRuns runs,
    QuantumMarks marks,
    Faults faults,
    IOptions<QueueOptions> sharing,
    TimeProvider time,
    ILogger<ModelWorker> logger) : BackgroundService
{
    private readonly Dictionary<Job, IJobRun> _open = [];
    private Job? _last;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        queue.Restore();
        return base.StartAsync(cancellationToken);
    }

    // Tensor scopes belong to a thread, so a job must not wander between pool threads.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => RunAll(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void RunAll(CancellationToken stoppingToken)
    {
        using var pipeline = model.Load();
        try
        {
            while (pipeline is not null)
            {
                var lanes = new Lanes(sharing.Value.LanesFor(pipeline.Info.Residency), x => LaneShape.Of(x, pipeline.Info));
                Do(queue.Take(lanes, stoppingToken), pipeline);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The studio is closing, and what waits is in the database.
        }
        finally
        {
            _open.Keys.ToList().ForEach(SetAside);
        }
    }

    private void Do(Turn turn, IPipeline pipeline)
    {
        foreach (var job in turn.Aside)
        {
            SetAside(job);
        }

        if (turn.Job is not { } next)
        {
            return;
        }

        var ahead = Prepare([next, .. turn.With], pipeline);
        foreach (var job in turn.With.Prepend(next))
        {
            Try(job, () => Advance(job, pipeline), ahead.GetValueOrDefault(job));
        }
    }

    /// <summary>Computes together what can be. How long that took for each; those it was not done for, and all where it fails, go on alone.</summary>
    private Dictionary<Job, TimeSpan> Prepare(IReadOnlyList<Job> jobs, IPipeline pipeline)
    {
        var steps = new Dictionary<IEnumerator<DenoiseStep>, Job>();
        foreach (var job in jobs.Where(x => x.Wish == JobWish.None))
        {
            if (_open.GetValueOrDefault(job)?.Steps is { } own)
            {
                steps.Add(own, job);
            }
        }

        if (steps.Count < 2)
        {
            return [];
        }

        // Should it end the process, one is to blame, and goes alone from then on.
        marks.Set(jobs[0].Id, jobs[0].Quantum);
        _last = null;
        var began = time.GetTimestamp();
        try
        {
            var ahead = pipeline.Prepare([.. steps.Keys]);
            return ahead.ToDictionary(x => steps[x], _ => time.GetElapsedTime(began) / ahead.Count);
        }
        catch (Exception error)
        {
            logger.LogError(error, "{Count} pictures cannot be taken a step further together and go on alone", steps.Count);
            return [];
        }
    }

    /// <summary>Does a quantum. How the job ended, or null when it goes on.</summary>
    private JobUpdate? Advance(Job job, IPipeline pipeline)
    {
        var run = RunOf(job, pipeline);
        return job.Wish != JobWish.None ? run.Stop(keep: job.Wish == JobWish.Keep)
            : run.Advance() ? null
            : run.Finish();
    }

    private IJobRun RunOf(Job job, IPipeline pipeline)
    {
        if (_open.TryGetValue(job, out var run))
        {
            if (_last != job)
            {
                marks.Set(job.Id, job.Quantum);
            }
        }
        else
        {
            // Before the row says that it runs: what ends the process from here on is laid to this piece of work and to no older one.
            marks.Set(job.Id, QuantumMark.Starting);
            rows.Begin(job.Id);
            _open[job] = run = runs.Start(job, pipeline);
        }

        _last = job;
        return run;
    }

    /// <summary>The job waits again, and this or another process goes on with it.</summary>
    private void SetAside(Job job) => Try(job, () =>
    {
        if (_open.TryGetValue(job, out var run))
        {
            run.Save();
        }

        Close(job);
        queue.Return(job);
        return null;
    });

    /// <summary>What goes wrong ends this job and no other.</summary>
    /// <param name="job">The job.</param>
    /// <param name="work">Its quantum; how the job ended, or null.</param>
    /// <param name="ahead">How long the model has been at work on this quantum already.</param>
    private void Try(Job job, Func<JobUpdate?> work, TimeSpan ahead = default)
    {
        using var scope = logger.BeginScope("Job {JobId}", job.Id);
        using var activity = JobActivity.Start(job);
        JobUpdate? end;
        job.Work += ahead;
        job.QuantumBegan = time.GetTimestamp();
        try
        {
            end = work();
        }
        catch (Exception error)
        {
            logger.Log(error is ModelException ? LogLevel.Information : LogLevel.Error, error, "Job {JobId} failed", job.Id);
            end = new JobUpdate.Failed(faults.Sentence(error, job.Id));
        }

        var spent = time.GetElapsedTime(job.QuantumBegan);
        job.Work += spent;
        queue.Charge(job, ahead + spent);
        if (end is not null)
        {
            Close(job);
            queue.End(job, end);
        }
    }

    private void Close(Job job)
    {
        if (_open.Remove(job, out var run))
        {
            run.Dispose();
        }
    }
}
