using OmniGen2.Weights.Staging;
using static TorchSharp.torch;

namespace OmniGen2;

/// <summary>How a checkpoint is loaded.</summary>
public sealed record PipelineOptions
{
    public ModelPrecision Precision { get; init; } = ModelPrecision.Auto;

    /// <summary>"cpu", "cuda", "cuda:1"; "auto" takes a GPU when there is one.</summary>
    public string Device { get; init; } = "auto";

    public Residency Residency { get; init; } = Residency.All;

    /// <summary>How the layers of blocks are kept; 8 bits only on the CPU, fp8 only on GPUs that multiply it.</summary>
    public BlockWeights Weights { get; init; } = BlockWeights.Full;

    /// <summary>Lets the CPU compute what a GPU would with weights in fp8, slowly: for measuring what it costs in pictures.</summary>
    public bool EmulatesFloat8 { get; init; }

    /// <summary>Whether steps are recorded as CUDA graphs on a GPU.</summary>
    public GraphUse Graphs { get; init; } = GraphUse.Auto;

    /// <summary>Hears sentences for whoever runs the machine, such as why something is slower than it could be.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>For tests: what is recorded on a GPU goes through a stand-in on the CPU.</summary>
    internal bool RecordsAnywhere { get; init; }

    /// <summary>Has weights wait in this machine's memory and go to the device as this one brings them, made for a type of numbers; null for what suits the device.</summary>
    internal Func<ScalarType, WeightStager>? Stager { get; init; }

    /// <summary>Bytes that the model may use; null for what the machine or the GPU has free. More than that is refused, as if there were no more.</summary>
    public long? MemoryLimit { get; init; }
}
