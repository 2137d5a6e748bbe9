using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Api.Rest;

/// <summary>Puts what programs ask for into the queue; a request that comes a second time under its key is answered with the jobs of the first.</summary>
internal sealed class JobTaker(JobQueue queue, JobStore rows, ModelHost model, IOptions<StudioOptions> studio, IOptions<JsonOptions> json) : IDisposable
{
    private const int LongestKey = 200;

    // One process owns the data folder, so a lock in it and a column in the rows are enough.
    private readonly SemaphoreSlim _keyed = new(1);

    /// <returns>The ids of the jobs, one a picture, and whether they are new.</returns>
    public async Task<(IReadOnlyList<Guid> Jobs, bool IsNew)> Take(JobOrder order, string? key, string? owner, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(key))
        {
            return (await Enqueue(order, null, owner, cancellationToken), true);
        }

        if (key.Length > LongestKey)
        {
            throw new ModelException($"The Idempotency-Key has {key.Length} characters: use at most {LongestKey}.");
        }

        await _keyed.WaitAsync(cancellationToken);
        try
        {
            var asked = new RequestKey(key, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order, json.Value.SerializerOptions))));
            var known = await rows.OfKey(key, owner, cancellationToken);
            return known switch
            {
                [] => (await Enqueue(order, asked, owner, cancellationToken), true),
                [var first, ..] when first.KeySha256 == asked.Sha256 => ([.. known.Select(x => x.Id)], false),
                _ => throw new RestFault(StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key stands for another request already: use a new one."),
            };
        }
        finally
        {
            _keyed.Release();
        }
    }

    /// <summary>The model, as soon as it is loaded; one that cannot be is a <see cref="RestFault"/>.</summary>
    public async Task<ModelInfo> Loaded(CancellationToken cancellationToken) => await model.Watch(cancellationToken).FirstAsync(x => x is not ModelState.Loading, cancellationToken) switch
    {
        ModelState.Ready ready => ready.Info,
        ModelState.Failed failed => throw new RestFault(StatusCodes.Status503ServiceUnavailable, failed.Message),
        _ => throw new RestFault(StatusCodes.Status503ServiceUnavailable, "There is no model."),
    };

    public void Dispose() => _keyed.Dispose();

    private async Task<IReadOnlyList<Guid>> Enqueue(JobOrder order, RequestKey? key, string? owner, CancellationToken cancellationToken)
    {
        var info = await Loaded(cancellationToken);
        var request = order.ToRequest(info) with { Key = key };
        try
        {
            return request is PictureRequest picture
                ? [.. (await queue.Enqueue(picture, owner, cancellationToken)).Select(x => x.Id)]
                : [(await queue.Enqueue((AnswerRequest)request, owner, cancellationToken)).Id];
        }
        catch (ModelException full) when (full is not RestFault && queue.State.Waiting.Count + (order.Count ?? 1) > studio.Value.MaxWaiting)
        {
            throw new RestFault(StatusCodes.Status429TooManyRequests, full.Message);
        }
    }
}
