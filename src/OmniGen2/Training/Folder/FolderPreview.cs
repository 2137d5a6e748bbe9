using OmniGen2.Training.Diffusion;

namespace OmniGen2.Training.Folder;

/// <summary>Draws samples' pictures anew with the weights as they are, written as a checkpoint and asked as any other.</summary>
internal static class FolderPreview
{
    /// <param name="export">Writes the checkpoint.</param>
    /// <param name="folder">Where to; deleted in the end.</param>
    /// <param name="samples">References, result and target become a row each.</param>
    /// <param name="config">Device and denoising steps.</param>
    public static ContactSheet Draw(Action<string> export, string folder, IEnumerable<FolderSample> samples, DiffusionConfig config)
    {
        Directory.CreateDirectory(folder);
        try
        {
            export(folder);
            using var pipeline = OmniGen2Pipeline.Load(folder, new PipelineOptions { Device = config.Device });
            return new ContactSheet("samples", [.. samples.Select(sample => Row(pipeline, sample, config.Validation.ScoreSteps))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ContactRow Row(OmniGen2Pipeline pipeline, FolderSample sample, int steps)
    {
        var pictures = FolderContent.ReadPictures(sample);
        var request = pipeline.Info.Request(sample.Record.Instruction) with
        {
            Images = [.. pictures.SkipLast(1)],
            Width = pictures[^1].Width,
            Height = pictures[^1].Height,
            AlignToReference = false,
            Steps = steps,
            Seed = sample.Number,
        };
        request = request with { TextGuidance = request.Images.Count > 0 ? pipeline.Info.EditTextGuidance : request.TextGuidance };
        var state = pipeline.Denoise(request).Last().State!;
        return new ContactRow([.. request.Images, pipeline.Decode(request, state), pictures[^1]], sample.Record.Instruction);
    }
}
