using OmniGen2.Weights.Staging;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>How weights are read from safetensors.</summary>
public sealed record SafetensorsOptions
{
    /// <summary>Newer files of the language model carry longer names for the same tensors.</summary>
    public static IReadOnlyList<(string Stored, string Wanted)> QwenAliases { get; } = [("model.visual.", "visual."), ("model.language_model.", "model.")];

    /// <summary>The type that the model computes in. Tensors stored in it stay in the mapped file; others are converted once.</summary>
    public ScalarType DType { get; init; } = ScalarType.Float32;

    /// <summary>How the layers of blocks are kept; 8 bits only on the CPU.</summary>
    public BlockWeights Blocks { get; init; }

    /// <summary>The CPU when null.</summary>
    public Device? Device { get; init; }

    /// <summary>Has parameters wait in their files and brings them to the device by turns; null has them there from the beginning.</summary>
    internal WeightStager? Stager { get; init; }

    /// <summary>Prefixes of stored names, and what the model calls them. The first that fits is taken.</summary>
    public IReadOnlyList<(string Stored, string Wanted)> Aliases { get; init; } = [];

    /// <summary>Copies that record gradients, to train on from here.</summary>
    public bool Trainable { get; init; }
}
