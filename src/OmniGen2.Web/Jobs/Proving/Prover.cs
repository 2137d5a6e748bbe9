using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>Runs pictures again, through the queue like any other, and says whether they come out the same. What comes of it goes to the trash.</summary>
public sealed class Prover(JobQueue queue, ImageStore images, Gallery gallery, ModelHost model, WeightsDigest weights)
{
    /// <summary>A picture that cannot be run again is a <see cref="ModelException"/>. Who gives up takes the job along.</summary>
    public async Task<Proof> Prove(Guid picture, string? owner = null, CancellationToken cancellationToken = default)
    {
        var row = await images.Find(picture, cancellationToken) ?? throw new ModelException("There is no such picture: choose one of the gallery.");
        if (row.IsPartial || row.Kind is PictureKind.Upload or PictureKind.Step)
        {
            throw new ModelException("Only a picture that the model drew to its end can be run again: choose such a one.");
        }

        var first = Open(row);
        var job = await queue.RunAgain(picture, owner: owner, cancellationToken: cancellationToken);
        try
        {
            var again = await Result(job, cancellationToken);
            var pixels = Open(again);
            await gallery.Trash([again.Id], CancellationToken.None);
            var info = model.Info ?? throw new ModelException("The model is gone: start the studio with one.");
            return Proof.Of(first, GenerationMetadata.Parse(row.Metadata).Provenance, pixels, Provenance.Of(info, await weights.Read(cancellationToken), pixels));
        }
        finally
        {
            queue.Discard(job.Id);
        }
    }

    private async Task<PictureRow> Result(Job job, CancellationToken cancellationToken) => await job.Completion(cancellationToken) switch
    {
        JobUpdate.Done done when await images.Find(done.PictureId, cancellationToken) is { } row => row,
        JobUpdate.Failed failed => throw new ModelException(failed.Message),
        JobUpdate.Parked parked => throw new ModelException(parked.Message),
        _ => throw new ModelException("Somebody stopped the picture while it was run again: try once more."),
    };

    private RgbImage Open(PictureRow row) =>
        ImageFile.Open(images.FileOf(row) ?? throw new ModelException("The picture's file is gone: put it back, or choose another picture."));
}
