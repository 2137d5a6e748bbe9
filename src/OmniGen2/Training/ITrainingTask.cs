using static TorchSharp.torch;

namespace OmniGen2.Training;

/// <summary>Something to learn: data by index, and the loss of a network on it.</summary>
public interface ITrainingTask<TBatch>
    where TBatch : ITrainingBatch
{
    /// <summary>All that is trained, by the names under which it is saved.</summary>
    IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>Batch number <paramref name="index"/>, the same whenever it is asked for: all its chance comes from the index. Called ahead, on other threads.</summary>
    TBatch Load(long index);

    /// <summary>The loss of every sample, [B], recorded for gradients; their mean is what gets smaller.</summary>
    Tensor Loss(TBatch batch);

    /// <summary>Losses and scores on data that is never trained on, by name; with the averaged weights in place.</summary>
    IReadOnlyDictionary<string, double> Validate();
}
