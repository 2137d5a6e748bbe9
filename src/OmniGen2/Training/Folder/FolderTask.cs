using OmniGen2.Models.Diffusion;
using OmniGen2.Training.Diffusion;
using static TorchSharp.torch;

namespace OmniGen2.Training.Folder;

/// <summary>The transformer and the pictures that it learns.</summary>
internal sealed class FolderTask(
    OmniGen2Transformer model, IReadOnlyDictionary<string, Tensor> parameters, FolderBatchMaker batches, FolderValidation validation) : ITrainingTask<FolderBatch>
{
    public IReadOnlyDictionary<string, Tensor> Parameters { get; } = parameters;

    public FolderBatch Load(long index) => batches.Load(index);

    public Tensor Loss(FolderBatch batch)
    {
        using var scope = NewDisposeScope();
        return cat([.. batch.Parts.Select(part => DiffusionTask.Loss(model, part))], 0).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, double> Validate() => validation.Measure();
}
