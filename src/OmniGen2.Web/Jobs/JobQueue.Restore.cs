using System.Text.Json;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>What an earlier process left.</summary>
public sealed partial class JobQueue
{
    /// <summary>Brings it back. Called once, before the worker begins.</summary>
    internal void Restore()
    {
        estimates.Restore();
        var (waiting, parked) = rows.Recover(marks.Last);
        var jobs = waiting.Select(Restored).OfType<Job>().ToList();
        _lastPlace = rows.LastPlace();
        states.KeepOnly(jobs.Select(x => x.Id));
        Change(() =>
        {
            _line.Halted = [.. rows.Halted().Select(x => new QueuePart(x))];
            jobs.ForEach(Line);
        });
        foreach (var job in jobs)
        {
            ShowLast(job);
        }

        foreach (var row in parked)
        {
            if (Restored(row) is { } job)
            {
                End(job, new JobUpdate.Parked(row.Message ?? ""));
            }
        }
    }

    private Job? Restored(JobRow row)
    {
        try
        {
            return new Job(row.Id, RequestJson.Read(row.Request), row.CreatedAt)
            {
                Owner = row.Owner,
                Batch = row.Batch,
                Place = row.Place,
                BeganAt = row.StartedAt,
                Work = TimeSpan.FromMilliseconds(row.WorkMilliseconds),
                HasCrashed = row.Crashes > 0,
                HasBegun = states.Has(row.Id) || rows.HasPicture(row.Id),
            };
        }
        catch (Exception error) when (error is JsonException or ModelException)
        {
            logger.LogError(error, "The request of job {JobId} cannot be read", row.Id);
            var sentence = (error as ModelException)?.Message ?? "This version of the studio cannot read the request: make it again.";
            rows.End(row.Id, JobState.Failed, sentence, TimeSpan.FromMilliseconds(row.WorkMilliseconds));
            return null;
        }
    }

    /// <summary>Who comes back to a picture in the making sees it at once, before it goes on.</summary>
    private void ShowLast(Job job)
    {
        if (steps.Last(job.Id) is { } last)
        {
            job.Preview.Show(last.Frame);
            job.Publish(new JobUpdate.Queued(last.Step, job.Picture?.Generation.Steps ?? 0) { Preview = job.Preview.Version });
        }
    }
}
