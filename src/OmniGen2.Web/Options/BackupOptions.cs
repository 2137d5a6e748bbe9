using System.ComponentModel.DataAnnotations;

namespace OmniGen2.Web.Options;

/// <summary>Section `Backup`: the backups that the studio makes by itself, of the database and the list of pictures.</summary>
public sealed record BackupOptions
{
    /// <summary>0: none is made by time; before a migration one always is.</summary>
    [Range(0, 8_760, ErrorMessage = "Backup:EveryHours must be from {1} to {2}.")]
    public double EveryHours { get; init; } = 24;

    /// <summary>Of this many latest days on which one was made the last is kept …</summary>
    [Range(1, 3_650, ErrorMessage = "Backup:KeepDays must be from {1} to {2}.")]
    public int KeepDays { get; init; } = 7;

    /// <summary>… and of this many weeks.</summary>
    [Range(0, 520, ErrorMessage = "Backup:KeepWeeks must be from {1} to {2}.")]
    public int KeepWeeks { get; init; } = 4;
}
