using OmniGen2.Training.Diffusion;

namespace OmniGen2.Training.Folder;

/// <summary>Samples of one bucket. Their prompts have different lengths, and nothing is padded, so they run through the network in parts.</summary>
internal sealed class FolderBatch(IReadOnlyList<DiffusionBatch> parts) : ITrainingBatch
{
    public IReadOnlyList<DiffusionBatch> Parts => parts;

    public IReadOnlyList<long> Samples { get; } = [.. parts.SelectMany(part => part.Samples)];

    public void Dispose()
    {
        foreach (var part in parts)
        {
            part.Dispose();
        }
    }
}
