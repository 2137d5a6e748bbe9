using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>What the worker takes from the queue and tells it.</summary>
public sealed partial class JobQueue
{
    private const int KeptAfterTheEnd = 20;

    private readonly Queue<Job> _ended = [];

    /// <summary>Waits for the next quantum. The caller owes each job of it a <see cref="Charge"/>, and in the end an <see cref="End"/> or a <see cref="Return"/>.</summary>
    internal Turn Take(Lanes lanes, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock)
            {
                if (_line.Next(lanes) is { } turn)
                {
                    Begun(turn);
                    return turn;
                }

                _changed.Reset();
            }

            _changed.Wait(cancellationToken);
        }
    }

    private void Begun(Turn turn)
    {
        var begun = turn.With.Append(turn.Job).OfType<Job>().Where(x => !State.IsAtWork(x)).ToList();
        if (begun.Count > 0)
        {
            begun.ForEach(x => x.BeganAt ??= time.GetUtcNow());
            Tell();
        }
    }

    /// <summary>A quantum was done.</summary>
    internal void Charge(Job job, TimeSpan spent)
    {
        lock (_lock)
        {
            _line.Charge(job, spent);
        }

        recent.Add(job.Owner, spent);
    }

    /// <summary>A job at work waits again: for a halt to end, for room in memory, or for the next process.</summary>
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

    /// <summary>The words that nobody else keeps.</summary>
    private static string? AnswerOf(Job job, JobUpdate end) => (job.Request, end, job.Latest) switch
    {
        (AnswerRequest { Message: null }, JobUpdate.Answered { Text.Length: > 0 } answered, _) => answered.Text,
        (AnswerRequest { Message: null }, JobUpdate.Stopped { Kept: true }, JobUpdate.Answering sofar) => sofar.Text,
        _ => null,
    };

    private void Settle(Job job, JobUpdate end)
    {
        rows.End(job.Id, StateOf(end), MessageOf(end) ?? (end is JobUpdate.Stopped ? job.StoppedBecause : null), job.Work, AnswerOf(job, end));
        if (job.Request.Message is { } message && MessageOf(end) is { } sentence)
        {
            answers.Fail(message, sentence);
        }

        estimates.Grade(job, end);
        states.Delete(job.Id);
        if (end is not (JobUpdate.Done or JobUpdate.Stopped { Kept: true }) && job.Picture?.Reflection is null)
        {
            steps.Delete(job.Id);
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
}
