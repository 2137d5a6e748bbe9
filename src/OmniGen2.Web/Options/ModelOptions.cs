using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Model`: which checkpoint runs, and in which precision.</summary>
public sealed record ModelOptions
{
    /// <summary>Folder of a checkpoint in the published layout; relative paths start at the content root.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Model:Path is empty: name the folder of a checkpoint, for example models/omnigen2-mini.")]
    public string Path { get; init; } = "models/omnigen2-mini";

    [AllowedValues("auto", "fp32", "bf16", ErrorMessage = "Model:DType must be auto, fp32 or bf16.")]
    public string DType { get; init; } = "auto";
}
