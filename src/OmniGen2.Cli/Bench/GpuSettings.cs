namespace OmniGen2.Cli.Bench;

/// <summary>What `bench gpu` measures beside the sizes that every bench has.</summary>
internal sealed record GpuSettings
{
    /// <summary>Sides of the small picture.</summary>
    public required int Small { get; init; }

    public GpuParts Parts { get; init; } = GpuParts.All;
}

[Flags]
internal enum GpuParts
{
    /// <summary>Only the random weights are written.</summary>
    None = 0,

    /// <summary>From words, with and without previews, an edit with one reference, and a small one.</summary>
    Pictures = 1,

    /// <summary>Reading a prompt and writing an answer.</summary>
    Answers = 2,

    /// <summary>Weights streamed, beside all in the device's memory.</summary>
    Streamed = 4,

    /// <summary>Layers in fp8, beside weights as they are.</summary>
    Float8 = 8,

    /// <summary>Small pictures and answers without recorded steps, beside those with them.</summary>
    Graphs = 16,

    All = Pictures | Answers | Streamed | Float8 | Graphs,
}
