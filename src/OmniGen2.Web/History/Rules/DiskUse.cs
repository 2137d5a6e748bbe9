using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What one part of the data folder takes.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Words">What it is, and how it gets less.</param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">All of them.</param>
public sealed record DiskPart(string Name, string Words, int Files, long Bytes);

/// <summary>What the pictures of one person take.</summary>
/// <param name="Owner">Null: nobody's.</param>
/// <param name="Pictures">Those in the trash too.</param>
/// <param name="Trashed">How many of them lie in the trash.</param>
/// <param name="Bytes">Of all.</param>
public sealed record DiskShare(string? Owner, int Pictures, int Trashed, long Bytes);

/// <summary>What lies in the data folder, counted when somebody asks.</summary>
public sealed class DiskUse(DataFolder folder, IDbContextFactory<HistoryDb> history)
{
    public long FreeBytes => folder.FreeBytes;

    /// <summary>The largest part first.</summary>
    public IReadOnlyList<DiskPart> Measure()
    {
        DiskPart[] parts =
        [
            Of("Pictures", "In the trash too, until that is emptied.", folder.Images, folder.Incoming),
            Of("Steps", "Films of how pictures came to be, and the steps to go on from.", folder.Steps),
            Of("Under way", "Pictures in the making, so that they outlive a restart.", folder.States),
            Of("Thumbnails", "Made again when somebody looks.", folder.Thumbs),
            Of("Backups", "Of the database, by the rule below and before each new version.", Path.Combine(folder.Root, "backups")),
            Count("Database", "Prompts, settings, people and the log.", new DirectoryInfo(folder.Root).EnumerateFiles("history.db*")),
        ];
        return [.. parts.OrderByDescending(x => x.Bytes)];
    }

    /// <summary>By person, who has most first.</summary>
    public async Task<IReadOnlyList<DiskShare>> Shares(CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var all = await db.Pictures.GroupBy(x => x.Owner)
            .Select(x => new { Owner = x.Key, Pictures = x.Count(), Trashed = x.Count(p => p.DeletedAt != null), Bytes = x.Sum(p => p.Bytes) }).ToListAsync(cancellationToken);
        return [.. all.OrderByDescending(x => x.Bytes).Select(x => new DiskShare(x.Owner, x.Pictures, x.Trashed, x.Bytes))];
    }

    private static DiskPart Of(string name, string words, params string[] folders) =>
        Count(name, words, folders.Select(x => new DirectoryInfo(x)).Where(x => x.Exists).SelectMany(x => x.EnumerateFiles("*", SearchOption.AllDirectories)));

    private static DiskPart Count(string name, string words, IEnumerable<FileInfo> files)
    {
        var (count, bytes) = (0, 0L);
        foreach (var file in files)
        {
            try
            {
                (count, bytes) = (count + 1, bytes + file.Length);
            }
            catch (FileNotFoundException)
            {
                // Gone since the folder was read.
            }
        }

        return new DiskPart(name, words, count, bytes);
    }
}
