using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>Turns what went wrong into the sentence that the person who asked will read.</summary>
public sealed class Faults(DataFolder folder)
{
    private const int NoSpace = 28; // ENOSPC
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Full = 13;

    private const string NoMemory = "Not enough memory for this job: use a smaller size, or fewer reference pictures.";

    // How libtorch puts it, for the machine and for accelerators.
    private static readonly string[] OutOfMemory = ["can't allocate memory", "not enough memory", "out of memory"];

    public string Sentence(Exception error, Guid job) => error switch
    {
        ModelException => error.Message,
        DbUpdateException { InnerException: { } inner } => Sentence(inner, job),
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            $"Another program keeps {folder.Database} locked: close it and try again. A picture that was finished appears with the next start.",
        SqliteException { SqliteErrorCode: Full } => DiskFull(),
        IOException when (error.HResult & 0xFFFF) == NoSpace => DiskFull(),
        OutOfMemoryException => NoMemory,
        ExternalException when OutOfMemory.Any(x => error.Message.Contains(x, StringComparison.OrdinalIgnoreCase)) => NoMemory,
        _ => $"This job failed for a reason that it should not have; the log tells more under {job:N}. The other jobs go on.",
    };

    /// <summary>Refuses to begin a picture that could not be kept.</summary>
    public void CheckSpace(int minimumMegabytes)
    {
        if (folder.FreeBytes >> 20 is var free && free < minimumMegabytes)
        {
            throw new ModelException($"The disk of {folder.Root} has {free} MB free and a picture is begun with at least {minimumMegabytes} MB: free some, or lower Studio:MinFreeMegabytes.");
        }
    }

    private string DiskFull() => $"The disk of {folder.Root} is full ({folder.FreeBytes >> 20} MB free): free some space and try again.";
}
