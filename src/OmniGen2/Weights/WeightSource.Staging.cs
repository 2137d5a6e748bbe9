using OmniGen2.Weights.Staging;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

// Parameters that wait in this machine's memory and are brought to the device by turns.
public abstract partial class WeightSource
{
    /// <summary>The parameters, where they come and go; null where each is where the model computes.</summary>
    internal StagedWeights? Staged { get; }

    /// <summary>Brings to the device what has to be there while the model works: everything, or while <see cref="Streams"/> is on what no region holds.</summary>
    /// <returns>Whether there was something to bring.</returns>
    internal virtual bool Enter() => Staged?.Enter(Streams) ?? false;

    /// <summary>The mapped file that what <see cref="Read"/> returns is a view of; null for a copy.</summary>
    internal virtual SafetensorsFile? FileOf(string name) => null;

    // A view of a file is converted whenever it is brought; what was computed is kept as it will be needed.
    private Tensor Stage(string name, Tensor read)
    {
        var file = FileOf(name);
        return Staged!.Add(name, file is null ? read.to(DType) : read, file);
    }
}
