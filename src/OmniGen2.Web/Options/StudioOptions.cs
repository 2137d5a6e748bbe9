using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Studio`: where the studio keeps what people make, and the limits it sets.</summary>
public sealed record StudioOptions
{
    [Required(AllowEmptyStrings = false, ErrorMessage = "Studio:DataPath is empty: name the folder for pictures and history, for example data.")]
    public string DataPath { get; init; } = "data";

    [Range(1, 100_000, ErrorMessage = "Studio:MaxWaiting must be from {1} to {2} jobs.")]
    public int MaxWaiting { get; init; } = 500;

    /// <summary>A picture is not begun with less than this free on the disk.</summary>
    [Range(0, 1_000_000_000, ErrorMessage = "Studio:MinFreeMegabytes must be from {1} to {2}.")]
    public int MinFreeMegabytes { get; init; } = 100;

    /// <summary>How often a running job's state is written, at most.</summary>
    [Range(0, 3_600, ErrorMessage = "Studio:CheckpointSeconds must be from {1} to {2}.")]
    public double CheckpointSeconds { get; init; } = 2;

    /// <summary>Space for the steps from which finished pictures can be gone on; beyond it the oldest go. 0: none are kept. Films stay in any case.</summary>
    [Range(0, 100_000_000, ErrorMessage = "Studio:StepsMegabytes must be from {1} to {2}.")]
    public int StepsMegabytes { get; init; } = 4096;

    /// <summary>How long these steps are kept. 0: none are.</summary>
    [Range(0, 36_500, ErrorMessage = "Studio:StepsDays must be from {1} to {2}.")]
    public int StepsDays { get; init; } = 30;

    /// <summary>How long to wait for a database that another program has locked.</summary>
    [Range(1, 600, ErrorMessage = "Studio:DatabaseTimeoutSeconds must be from {1} to {2}.")]
    public int DatabaseTimeoutSeconds { get; init; } = 15;

    /// <summary>How long what was deleted can be taken back.</summary>
    [Range(1, 3_650, ErrorMessage = "Studio:TrashDays must be from {1} to {2} days.")]
    public int TrashDays { get; init; } = 30;
}
