namespace OmniGen2;

/// <summary>Where a checkpoint's weights stay.</summary>
public enum Residency
{
    /// <summary>All of them in memory.</summary>
    All,

    /// <summary>Layers are read from the mapped file as they run and let go of behind: little memory, the same pictures.</summary>
    Streamed,
}

/// <summary>How a checkpoint is loaded.</summary>
public sealed record PipelineOptions
{
    public ModelPrecision Precision { get; init; } = ModelPrecision.Auto;

    /// <summary>"cpu", "cuda", "cuda:1"; "auto" takes a GPU when there is one.</summary>
    public string Device { get; init; } = "auto";

    public Residency Residency { get; init; } = Residency.All;
}
