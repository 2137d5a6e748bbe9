using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>The same events over SignalR: streams of a job and of the queue.</summary>
internal sealed class JobsHub(JobEvents events, JobQueue queue, IHostApplicationLifetime lifetime) : Hub
{
    /// <summary>What happens to a job, to its end; <paramref name="lastId"/> resumes.</summary>
    public async IAsyncEnumerable<JobEvent> Watch(Guid id, string? lastId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = events.Watch(id, lastId, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (told)
        {
            while (await Next(told))
            {
                yield return told.Current;
            }
        }
    }

    /// <summary>The queue now and after every change.</summary>
    public async IAsyncEnumerable<QueueView> Queue([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await foreach (var state in queue.Watch(either.Token))
        {
            yield return QueueApi.View(state);
        }
    }

    /// <summary>A refusal reaches the client with its sentence; anything else it is told nothing of.</summary>
    private static async ValueTask<bool> Next(IAsyncEnumerator<JobEvent> told)
    {
        try
        {
            return await told.MoveNextAsync();
        }
        catch (ModelException refused)
        {
            throw new HubException(refused.Message);
        }
    }
}
