using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Model`: which checkpoint runs, and in which precision.</summary>
public sealed record ModelOptions
{
    /// <summary>Folder of a checkpoint in the published layout; relative paths start at the content root.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Model:Path is empty: name the folder of a checkpoint, for example models/omnigen2-mini.")]
    public string Path { get; init; } = "models/omnigen2-mini";

    /// <summary>Auto: fp32 for a small checkpoint on the CPU, bf16 otherwise.</summary>
    [AllowedValues("auto", "fp32", "bf16", ErrorMessage = "Model:DType must be auto, fp32 or bf16.")]
    public string DType { get; init; } = "auto";

    [RegularExpression("auto|cpu|cuda(:[0-9]+)?", ErrorMessage = "Model:Device must be auto, cpu, cuda or cuda with a number, as in cuda:1.")]
    public string Device { get; init; } = "auto";

    /// <summary>Where the weights stay: all in memory, one part of the model at a time, or read from their files layer by layer; auto takes the first that fits.</summary>
    [AllowedValues("auto", "all", "model", "streamed", ErrorMessage = "Model:Residency must be auto, all, model or streamed.")]
    public string Residency { get; init; } = "auto";

    /// <summary>How the layers of blocks are kept: full, in 8 bits (int8, on the CPU) or in fp8 (on GPUs that multiply it), which take half of the memory and are faster, but not exact.</summary>
    [AllowedValues("full", "int8", "fp8", ErrorMessage = "Model:Weights must be full, int8 or fp8.")]
    public string Weights { get; init; } = "full";

    /// <summary>Whether steps are recorded as CUDA graphs on a GPU: auto, or off.</summary>
    [AllowedValues("auto", "off", ErrorMessage = "Model:Graphs must be auto or off.")]
    public string Graphs { get; init; } = "auto";

    /// <summary>Gigabytes that the model may use; 0 for what is free.</summary>
    [Range(0.0, 100_000, ErrorMessage = "Model:MemoryGigabytes must be 0, for what is free, or a number of gigabytes.")]
    public double MemoryGigabytes { get; init; }

    public PipelineOptions ForPipeline() => new()
    {
        Precision = DType switch
        {
            "fp32" => ModelPrecision.Float32,
            "bf16" => ModelPrecision.BFloat16,
            _ => ModelPrecision.Auto,
        },
        Device = Device,
        Residency = Enum.Parse<OmniGen2.Residency>(Residency, ignoreCase: true),
        Weights = Weights switch
        {
            "int8" => BlockWeights.Int8,
            "fp8" => BlockWeights.Float8,
            _ => BlockWeights.Full,
        },
        Graphs = Enum.Parse<GraphUse>(Graphs, ignoreCase: true),
        MemoryLimit = MemoryGigabytes > 0 ? (long)(MemoryGigabytes * 1e9) : null,
    };
}
