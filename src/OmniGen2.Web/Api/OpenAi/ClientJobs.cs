using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The jobs of programs that wait for them: in the queue like any other, and given up when the program hangs up. A studio that closes keeps them.</summary>
internal sealed class ClientJobs(JobQueue queue, ModelHost model, IOptions<StudioOptions> options, IHostApplicationLifetime lifetime)
{
    /// <summary>The model, as soon as it is loaded. Null as a name means whichever there is.</summary>
    public async Task<ModelInfo> Model(string? name, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var state = await model.Watch(either.Token).FirstAsync(x => x is not ModelState.Loading, either.Token);
        if (state is not ModelState.Ready { Info: var info })
        {
            var message = (state as ModelState.Failed)?.Message ?? "There is no model.";
            throw new OpenAiFault(StatusCodes.Status503ServiceUnavailable, message, code: "model_not_loaded");
        }

        return name is null || name == info.Name
            ? info
            : throw new OpenAiFault(StatusCodes.Status404NotFound, $"The model '{RequestFields.Short(name)}' does not exist: use '{info.Name}'.", "model", "model_not_found");
    }

    public Task<IReadOnlyList<Job>> Enqueue(PictureRequest request, string? owner, CancellationToken cancellationToken) =>
        Queued(request.Count, () => queue.Enqueue(request, owner, cancellationToken));

    public Task<Job> Enqueue(AnswerRequest request, string? owner, CancellationToken cancellationToken) =>
        Queued(1, () => queue.Enqueue(request, owner, cancellationToken));

    /// <summary>What becomes of a job, to its end. Whoever stops looking before it gives it up.</summary>
    public async IAsyncEnumerable<JobUpdate> Watch(Job job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await foreach (var update in job.Watch(either.Token))
        {
            yield return update;
        }
    }

    /// <summary>Gives up what is left of these jobs when it is disposed of.</summary>
    public Lease Hold(IReadOnlyList<Job> jobs) => new(this, jobs);

    /// <summary>Passes when the job has brought a picture or an answer, be it less than was planned; else says why not.</summary>
    public static void Check(JobUpdate end)
    {
        switch (end)
        {
            case JobUpdate.Failed failed:
                throw new OpenAiFault(StatusCodes.Status500InternalServerError, failed.Message, code: "job_failed");
            case JobUpdate.Parked parked:
                throw new OpenAiFault(StatusCodes.Status500InternalServerError, parked.Message, code: "job_parked");
            case JobUpdate.Stopped { Kept: false }:
                throw new OpenAiFault(StatusCodes.Status409Conflict, "Somebody stopped this job in the studio: ask again.", code: "job_stopped");
        }
    }

    private async Task<T> Queued<T>(int coming, Func<Task<T>> enqueue)
    {
        try
        {
            return await enqueue();
        }
        catch (ModelException full) when (queue.State.Waiting.Count + coming > options.Value.MaxWaiting)
        {
            throw new OpenAiFault(StatusCodes.Status429TooManyRequests, full.Message, code: "queue_full");
        }
    }

    /// <summary>As long as it lives, somebody waits for these jobs.</summary>
    internal sealed class Lease(ClientJobs owner, IReadOnlyList<Job> jobs) : IDisposable
    {
        public void Dispose()
        {
            if (owner.StudioCloses)
            {
                return;
            }

            // From the back, so that none begins because the one before it has just ended.
            foreach (var job in jobs.Reverse().Where(x => !x.Latest.IsFinal))
            {
                owner.Discard(job);
            }
        }
    }

    private bool StudioCloses => lifetime.ApplicationStopping.IsCancellationRequested;

    private void Discard(Job job) => queue.Discard(job.Id);
}
