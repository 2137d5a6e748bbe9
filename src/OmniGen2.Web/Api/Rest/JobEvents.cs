using System.Globalization;
using System.Runtime.CompilerServices;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>
/// What happens to a job, as it happens. Every event tells all there is to tell, and its id says how far the job was: who comes back with the last id
/// misses nothing that still counts, and hears nothing twice, also from another process of the studio.
/// </summary>
internal sealed class JobEvents(JobQueue queue, JobReader reader, IHostApplicationLifetime lifetime)
{
    private const string End = "end";

    /// <summary>Whether somebody with this last id has heard all there is.</summary>
    public bool IsOver(Guid job, string? lastId) => lastId == End && (queue.Find(job) is not { } live || live.Latest.IsFinal);

    /// <summary>A job that does not exist is a <see cref="RestFault"/>.</summary>
    public async IAsyncEnumerable<JobEvent> Watch(Guid id, string? lastId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (queue.Find(id) is not { } job)
        {
            yield return new JobEvent(End, "ended", await reader.Find(id, cancellationToken));
            yield break;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await foreach (var state in queue.Progress(either.Token))
        {
            var latest = job.Latest;
            if (IdOf(job, latest, state) is var eventId && eventId != lastId)
            {
                lastId = eventId;
                yield return new JobEvent(eventId, NameOf(latest), latest.IsFinal ? await reader.Find(id, either.Token) : reader.Live(job, state));
            }

            if (latest.IsFinal)
            {
                yield break;
            }
        }
    }

    private static string IdOf(Job job, JobUpdate update, QueueState state) => update switch
    {
        { IsFinal: true } => End,
        JobUpdate.Queued queued => string.Create(CultureInfo.InvariantCulture, $"queued-{state.Ahead(job)}-{queued.Step}"),
        JobUpdate.Working work => string.Create(CultureInfo.InvariantCulture, $"{work.Round}-{work.Phase}-{work.Step}"),
        JobUpdate.Answering answer => string.Create(CultureInfo.InvariantCulture, $"answer-{answer.Text.Length}"),
        _ => update.GetType().Name,
    };

    private static string NameOf(JobUpdate update) => update switch
    {
        { IsFinal: true } => "ended",
        JobUpdate.Queued => "queued",
        JobUpdate.Answering => "answering",
        _ => "working",
    };
}

/// <summary>Something that happened to a job.</summary>
/// <param name="Id">How far it was.</param>
/// <param name="Event">queued, working, answering or ended.</param>
/// <param name="Job">All about it.</param>
public sealed record JobEvent(string Id, string Event, JobView Job);
