using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>What is measured, and how often.</summary>
internal sealed record BenchSettings
{
    /// <summary>Folder of the checkpoint; a part needs only its own folder in it.</summary>
    public required string Model { get; init; }

    /// <summary>What was asked for; <see cref="DType"/> is what came of it.</summary>
    public ModelPrecision Precision { get; init; }

    public ScalarType DType { get; init; } = ScalarType.BFloat16;

    /// <summary>Sides of the picture in pixels.</summary>
    public required int Size { get; init; }

    public required int Repeats { get; init; }

    public int Steps { get; init; } = 20;

    /// <summary>Layers are read from the mapped file as they run and let go of behind.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>How the layers of blocks are kept.</summary>
    public BlockWeights Weights { get; init; }

    /// <summary>Whether steps are recorded on a GPU.</summary>
    public GraphUse Graphs { get; init; }

    /// <summary>When another process is measured by turns with this one.</summary>
    public Turns? Turns { get; init; }

    public CancellationToken Stop { get; init; }

    public Device Device { get; } = cuda.is_available() ? new Device("cuda") : CPU;
}
