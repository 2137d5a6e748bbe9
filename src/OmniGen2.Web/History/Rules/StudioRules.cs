using System.ComponentModel.DataAnnotations;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.History;

/// <summary>What is kept for how long, and what the people of each role may take. Administrators change it while the studio runs.</summary>
public sealed record StudioRules
{
    /// <inheritdoc cref="StudioOptions.TrashDays"/>
    [Range(1, 3_650, ErrorMessage = "Days in the trash must be from {1} to {2}.")]
    public int TrashDays { get; init; }

    /// <inheritdoc cref="StudioOptions.StepsDays"/>
    [Range(0, 36_500, ErrorMessage = "Days that steps are kept must be from {1} to {2}.")]
    public int StepsDays { get; init; }

    /// <inheritdoc cref="StudioOptions.StepsMegabytes"/>
    [Range(0, 100_000_000, ErrorMessage = "Megabytes of steps must be from {1} to {2}.")]
    public int StepsMegabytes { get; init; }

    /// <inheritdoc cref="BackupOptions.EveryHours"/>
    [Range(0, 8_760, ErrorMessage = "Hours from one backup to the next must be from {1} to {2}.")]
    public double BackupHours { get; init; }

    /// <inheritdoc cref="BackupOptions.KeepDays"/>
    [Range(1, 3_650, ErrorMessage = "Days of which a backup is kept must be from {1} to {2}.")]
    public int BackupDays { get; init; }

    /// <inheritdoc cref="BackupOptions.KeepWeeks"/>
    [Range(0, 520, ErrorMessage = "Weeks of which a backup is kept must be from {1} to {2}.")]
    public int BackupWeeks { get; init; }

    public QuotaOptions Quotas { get; init; } = new();

    /// <summary>The rules as the settings of the studio say.</summary>
    public static StudioRules Of(StudioOptions studio, BackupOptions backup, QuotaOptions quotas) => new()
    {
        TrashDays = studio.TrashDays,
        StepsDays = studio.StepsDays,
        StepsMegabytes = studio.StepsMegabytes,
        BackupHours = backup.EveryHours,
        BackupDays = backup.KeepDays,
        BackupWeeks = backup.KeepWeeks,
        Quotas = quotas,
    };

    /// <summary>Rules that cannot be are a <see cref="ModelException"/> that names the limit.</summary>
    internal void Check()
    {
        foreach (var part in (object[])[this, Quotas.Administrator, Quotas.Member, Quotas.Api])
        {
            var faults = new List<ValidationResult>();
            if (!Validator.TryValidateObject(part, new ValidationContext(part), faults, validateAllProperties: true))
            {
                throw new ModelException(faults[0].ErrorMessage!);
            }
        }
    }
}
