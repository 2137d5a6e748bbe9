namespace OmniGen2.Web.Jobs;

/// <summary>Turns a request into jobs, or refuses it with a <see cref="ModelException"/> before anything is written.</summary>
public sealed class JobIntake(ModelHost model, References references, TimeProvider time)
{
    /// <summary>Stands for references whose files are not opened before the job runs.</summary>
    private static readonly RgbImage AnyPicture = new(256, 256);

    public async Task<IReadOnlyList<Job>> Jobs(PictureRequest request, string? owner, CancellationToken cancellationToken)
    {
        request = await references.Named(request, cancellationToken);
        Check(request);
        var batch = request.Count > 1 ? Guid.NewGuid() : (Guid?)null;
        return [.. Enumerable.Range(0, request.Count).Select(i => new Job(Guid.NewGuid(), Picture(request, i), time.GetUtcNow()) { Batch = batch, Owner = owner })];
    }

    private static PictureRequest Picture(PictureRequest request, int index) => request with
    {
        Number = index + 1,
        Generation = request.Generation with { Seed = request.Generation.Seed + index },
    };

    private void Check(PictureRequest request)
    {
        if (request.Count is < 1 or > PictureRequest.MaxCount)
        {
            throw new ModelException($"{request.Count} pictures were asked for: ask for 1 to {PictureRequest.MaxCount} at once.");
        }

        var lastSeed = long.MaxValue - (request.Count - 1);
        if (request.Generation.Seed > lastSeed)
        {
            throw new ModelException($"Seed {request.Generation.Seed} leaves no room for {request.Count} pictures: use one of at most {lastSeed}.");
        }

        switch (model.State)
        {
            case ModelState.Failed failed:
                throw new ModelException(failed.Message);
            case ModelState.Ready ready:
                (request.Generation with { Images = [.. request.References.Select(_ => AnyPicture)] }).Check(ready.Info);
                break;
        }
    }
}
