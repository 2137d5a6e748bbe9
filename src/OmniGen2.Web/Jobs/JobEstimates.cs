using OmniGen2.Web.History;
using OmniGen2.Web.Jobs.Fair;

namespace OmniGen2.Web.Jobs;

/// <summary>What people are told about when their jobs begin and end, kept, and graded when they end.</summary>
public sealed class JobEstimates(JobCosts costs, EstimateStore store, EstimateBands bands, TimeProvider time)
{
    /// <summary>Seconds of the model that are left of a job; null where nothing like it was measured yet.</summary>
    internal double? LeftOf(Job job) => costs.LeftOf(job);

    internal QueueForecast Forecast(LineForecast line) => new(line, bands, time.GetUtcNow());

    /// <summary>What is promised for jobs that are about to be taken; nothing where nobody can say.</summary>
    internal IReadOnlyList<EstimateRow> Promise(IReadOnlyList<Job> jobs, QueueForecast forecast) => [.. jobs.Select(x => PromiseOf(x, forecast)).OfType<EstimateRow>()];

    /// <summary>Only what ended by itself, and in its own time, says something about the estimate.</summary>
    internal void Grade(Job job, JobUpdate end)
    {
        var isWhole = end is JobUpdate.Done or JobUpdate.Answered;
        if (store.Grade(job.Id, isWhole && !job.IsDisturbed, job.Work, job.BeganAt, time.GetUtcNow()) is { Outcome: not EstimateOutcome.Void } graded)
        {
            bands.Learn(graded.IsInteractive, graded.End, graded.Ended!.Value);
        }

        if (isWhole)
        {
            costs.Learn(job);
        }
    }

    /// <summary>Goes on with the bands where the last process ended.</summary>
    internal void Restore()
    {
        foreach (var row in store.Last(2 * EstimateBands.Looked))
        {
            bands.Learn(row.IsInteractive, row.End, row.Ended!.Value);
        }
    }

    private EstimateRow? PromiseOf(Job job, QueueForecast forecast) =>
        forecast.Expected(job) is { } expected && forecast.StartOf(job) is { } start && forecast.EndOf(job) is { } end && costs.Of(job) is { } work
            ? new EstimateRow
            {
                Id = job.Id,
                Owner = job.Owner,
                Kind = job.Kind,
                IsInteractive = job.IsInteractive,
                CreatedAt = job.CreatedAt,
                Work = work,
                StartLow = start.Low,
                StartHigh = start.High,
                End = expected.End,
                EndLow = end.Low,
                EndHigh = end.High,
            }
            : null;
}
