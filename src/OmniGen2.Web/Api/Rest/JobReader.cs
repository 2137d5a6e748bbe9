using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Tells programs about jobs: from the queue as long as that remembers them, from their rows after that.</summary>
internal sealed class JobReader(JobQueue queue, JobStore rows, ImageStore images, AnswerStore answers, VerdictStore verdicts)
{
    /// <summary>A job that does not exist is a <see cref="RestFault"/>.</summary>
    public async Task<JobView> Find(Guid id, CancellationToken cancellationToken) =>
        (await Views([await rows.Find(id, cancellationToken) ?? throw RestFault.NoJob(id)], cancellationToken))[0];

    public async Task<IReadOnlyList<JobView>> Find(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<JobView>();
        foreach (var id in ids)
        {
            found.Add(await Find(id, cancellationToken));
        }

        return found;
    }

    public async Task<JobPage> List(JobFilter filter, string? cursor, int count, CancellationToken cancellationToken)
    {
        var (page, next) = await rows.List(filter, cursor, count, cancellationToken);
        return new JobPage(await Views(page, cancellationToken), next);
    }

    /// <summary>The answer to a request that became this job.</summary>
    public async Task<Accepted<JobView>> Taken(Job job, CancellationToken cancellationToken) => TypedResults.Accepted($"/api/jobs/{job.Id}", await Find(job.Id, cancellationToken));

    /// <summary>How it stands in the queue at that moment.</summary>
    public JobView Live(Job job, QueueState state)
    {
        var view = Bare(job);
        return job.Latest.IsFinal ? view : view with { Position = state.Ahead(job), Eta = Eta(job) };
    }

    private static JobView Bare(Job job) => Add(job.Latest, new JobView
    {
        Id = job.Id,
        Kind = job.Request is AnswerRequest ? JobKind.Answer : job.Picture?.Reflection is null ? JobKind.Picture : JobKind.Reflection,
        State = JobState.Queued,
        Words = job.Request.Words,
        Batch = job.Batch,
        CreatedAt = job.CreatedAt,
        Preview = job.Preview.Version > 0 ? Links.Preview(job.Id, job.Preview.Version) : null,
    });

    private static JobView Add(JobUpdate update, JobView view) => update switch
    {
        JobUpdate.Queued { Steps: > 0 } queued => view with { Step = queued.Step, Steps = queued.Steps },
        JobUpdate.Working work => view with { State = JobState.Running, Phase = work.Phase, Step = work.Step, Steps = work.Steps, StepsPerSecond = work.StepsPerSecond },
        JobUpdate.Answering answering => view with { State = JobState.Running, Text = answering.Text },
        JobUpdate.Answered answered => view with { State = JobState.Done, Text = answered.Text },
        JobUpdate.Done done => Pictured(view with { State = JobState.Done }, done.PictureId),
        JobUpdate.Stopped { Kept: true } stopped when view.Kind != JobKind.Answer => Pictured(view with { State = JobState.Stopped }, stopped.Picture ?? view.Id),
        JobUpdate.Stopped => view with { State = JobState.Stopped },
        JobUpdate.Failed failed => view with { State = JobState.Failed, Message = failed.Message },
        JobUpdate.Parked parked => view with { State = JobState.Parked, Message = parked.Message },
        _ => view,
    };

    private static JobView Pictured(JobView view, Guid picture) => view with { PictureId = picture, Picture = Links.Picture(picture) };

    private async Task<IReadOnlyList<JobView>> Views(IReadOnlyList<JobRow> page, CancellationToken cancellationToken)
    {
        var ended = page.Where(x => x.FinishedAt is not null).ToList();
        var best = await verdicts.BestOf([.. ended.Where(x => x.Kind == JobKind.Reflection).Select(x => x.Id)], cancellationToken);
        var pictures = await images.Find([.. ended.Select(x => PictureOf(x, best))], cancellationToken);
        var texts = await answers.OfThreads([.. ended.Where(x => x.Kind == JobKind.Answer).Select(x => x.Id)], cancellationToken);
        var views = new List<JobView>();
        foreach (var row in page)
        {
            // The row is written first. One that never was, since nothing could be written, says that the job still runs; the queue knows better.
            var view = row.FinishedAt is null && queue.Find(row.Id) is { } job
                ? Live(job, queue.State)
                : Ended(row) with { Text = row.Answer ?? texts.GetValueOrDefault(row.Id) };
            var picture = PictureOf(row, best);
            views.Add((pictures.ContainsKey(picture) ? Pictured(view, picture) : view) with { StartedAt = row.StartedAt, FinishedAt = row.FinishedAt });
        }

        return views;
    }

    /// <summary>The picture that came of it, if one did.</summary>
    private static Guid PictureOf(JobRow row, IReadOnlyDictionary<Guid, Guid> best) => best.GetValueOrDefault(row.Id, row.Id);

    private static JobView Ended(JobRow row) =>
        new() { Id = row.Id, Kind = row.Kind, State = row.State, Words = WordsOf(row), Batch = row.Batch, CreatedAt = row.CreatedAt, Message = row.Message };

    private static string WordsOf(JobRow row)
    {
        try
        {
            return RequestJson.Read(row.Request).Words;
        }
        catch (Exception error) when (error is JsonException or ModelException)
        {
            // Of a version that wrote its requests otherwise; the rest of the row still says what became of it.
            return "";
        }
    }

    private SecondsView? Eta(Job job) => queue.Forecast().EndOf(job) is { } seconds ? new SecondsView(seconds.Low, seconds.High) : null;
}
