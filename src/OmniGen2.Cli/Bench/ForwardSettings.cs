using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>Which forward is measured.</summary>
internal sealed record ForwardSettings
{
    /// <summary>The transformer's weights, a file or a folder; its config.json lies beside them.</summary>
    public required string Weights { get; init; }

    /// <summary>File of inputs under the recorded names; results in it are compared.</summary>
    public required string Inputs { get; init; }

    public required ModelPrecision Precision { get; init; }

    public required int Threads { get; init; }

    public required int Repeats { get; init; }

    /// <summary>Where the velocities are written; null for nowhere.</summary>
    public string? Output { get; init; }

    /// <summary>When another process is measured by turns with this one.</summary>
    public Turns? Turns { get; init; }

    public CancellationToken Stop { get; init; }

    public Device Device { get; } = cuda.is_available() ? new Device("cuda") : CPU;
}
