using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>Loads the model and advances the jobs, one quantum at a time, on the one thread that may touch the model.</summary>
internal sealed class ModelWorker(
    ModelHost model, JobQueue queue, JobStore rows, JobRuns runs, QuantumMarks marks, Faults faults, TimeProvider time, ILogger<ModelWorker> logger) : BackgroundService
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
                Do(queue.Take(stoppingToken), pipeline);
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

        if (turn.Job is { } next)
        {
            Try(next, () => Advance(next, pipeline));
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
    private void Try(Job job, Func<JobUpdate?> work)
    {
        using var scope = logger.BeginScope("Job {JobId}", job.Id);
        using var activity = JobActivity.Start(job);
        JobUpdate? end;
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
        queue.Charge(job, spent);
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
