using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>Loads the model and runs the jobs, one at a time, on the one thread that may touch the model.</summary>
internal sealed class ModelWorker(ModelHost model, JobQueue queue, JobStore rows, JobRuns runs, QuantumMarks marks, Faults faults, ILogger<ModelWorker> logger)
    : BackgroundService
{
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
                Run(queue.Take(stoppingToken), pipeline, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The studio is closing, and what waits is in the database.
        }
    }

    private void Run(Job job, IPipeline pipeline, CancellationToken stoppingToken)
    {
        try
        {
            // Before the row says that it runs: what ends the process from here on is laid to this piece of work and to no older one.
            marks.Set(job.Id, QuantumMark.Starting);
            rows.Begin(job.Id);
            using var run = runs.Start(job, pipeline);
            if (Work(job, run, stoppingToken) is { } end)
            {
                queue.End(job, end);
            }
            else
            {
                queue.Return(job);
            }
        }
        catch (Exception error)
        {
            logger.Log(error is ModelException ? LogLevel.Information : LogLevel.Error, error, "Job {JobId} failed", job.Id);
            queue.End(job, new JobUpdate.Failed(faults.Sentence(error, job.Id)));
        }
    }

    /// <summary>Null when the job shall wait again: it was halted, or the studio is closing and another process goes on.</summary>
    private JobUpdate? Work(Job job, IJobRun run, CancellationToken stoppingToken)
    {
        do
        {
            if (job.Wish != JobWish.None)
            {
                return run.Stop(keep: job.Wish == JobWish.Keep);
            }

            if (stoppingToken.IsCancellationRequested || !queue.MayRun(job))
            {
                run.Save();
                return null;
            }
        }
        while (run.Advance());
        return run.Finish();
    }
}
