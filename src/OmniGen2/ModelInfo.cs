using System.Text.Json.Serialization;
using OmniGen2.Reflection;

namespace OmniGen2;

/// <summary>What a checkpoint says about itself and what the studio offers because of it. Defaults stand beside the weights in `studio.json`; without the file they are those of the released model.</summary>
public sealed record ModelInfo
{
    public required string Name { get; init; }

    /// <summary>Folder of the checkpoint.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where it runs, as in cpu or cuda:0; empty while it is not loaded.</summary>
    [JsonIgnore]
    public string Device { get; init; } = "";

    /// <summary>What its networks compute in, as in Float32; empty while it is not loaded.</summary>
    [JsonIgnore]
    public string Precision { get; init; } = "";

    /// <summary>How the layers of its blocks are kept.</summary>
    [JsonIgnore]
    public BlockWeights Weights { get; init; }

    /// <summary>What that costs, in a sentence; empty where it costs nothing.</summary>
    [JsonIgnore]
    public string WeightsNote => Weights switch
    {
        BlockWeights.Int8 => "Its layers are kept in 8 bits, which takes half of the memory and is faster; with the model that ships pictures are 53 dB from exact, which the eye hardly sees, and another model may lose more.",
        BlockWeights.Float8 => "Its layers are kept in fp8, which takes half of the memory and is faster; with the model that ships pictures are 44 dB from exact, which a close look may see, and another model may lose more.",
        _ => "",
    };

    /// <summary>Where its weights stay, as in Streamed, and why; empty while it is not loaded.</summary>
    [JsonIgnore]
    public string Residency { get; init; } = "";

    [JsonIgnore]
    public string ResidencyReason { get; init; } = "";

    /// <summary>What it takes of memory; null while it is not loaded.</summary>
    [JsonIgnore]
    public ModelFootprint? Footprint { get; init; }

    public int MinSize { get; init; } = 256;

    public int MaxSize { get; init; } = 2048;

    public int DefaultSize { get; init; } = 1024;

    public int MaxPixels { get; init; } = 1024 * 1024;

    public int DefaultSteps { get; init; } = 50;

    public double TextGuidance { get; init; } = 5;

    /// <summary>Text guidance with references, where it differs.</summary>
    public double EditTextGuidance { get; init; } = 5;

    public double ImageGuidance { get; init; } = 2;

    public SchedulerKind Scheduler { get; init; } = SchedulerKind.Euler;

    public string NegativePrompt { get; init; } = "";

    /// <summary>Prompts that this checkpoint draws well, for the empty page.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Latent channels × (R, G, B) plus a bias row, mapping model-space latents to −1 … 1; for previews.</summary>
    public float[][]? LatentToRgb { get; init; }

    /// <summary>How this checkpoint's language model judges pictures.</summary>
    public JudgeSettings Judge { get; init; } = new();

    /// <summary>A picture of this prompt with everything else as the checkpoint suggests.</summary>
    public GenerationRequest Request(string prompt) => new()
    {
        Prompt = prompt,
        NegativePrompt = NegativePrompt,
        Width = DefaultSize,
        Height = DefaultSize,
        MaxPixels = MaxPixels,
        Steps = DefaultSteps,
        TextGuidance = TextGuidance,
        ImageGuidance = ImageGuidance,
        Scheduler = Scheduler,
    };

    /// <summary>Bytes in which a picture is drawn where the weights stay now; null while the model is not loaded.</summary>
    /// <param name="pixels">Of the picture.</param>
    /// <param name="references">Of each reference.</param>
    public long? Memory(long pixels, params IReadOnlyList<long> references) =>
        Footprint?.Of(Enum.Parse<Residency>(Residency), pixels, [.. references.Select(r => Math.Min(r, MaxPixels))]);
}
