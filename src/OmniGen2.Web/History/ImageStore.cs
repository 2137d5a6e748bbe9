using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>
/// Finished pictures: the file with all its parameters inside, then its row in the index. A file waits in the folder `incoming` until its row is
/// written, so that whatever ends the process in between, the next start finds it there and finishes the work.
/// </summary>
public sealed partial class ImageStore(DataFolder folder, IDbContextFactory<HistoryDb> history, Gallery gallery, TimeProvider time, ILogger<ImageStore> logger) : IDisposable
{
    /// <param name="origin">Where the picture comes from.</param>
    /// <param name="metadata">How it was made; the size, the time, the kind and the batch are filled in here.</param>
    /// <param name="image">The pixels.</param>
    public PictureRow Add(PictureOrigin origin, GenerationMetadata metadata, RgbImage image)
    {
        metadata = metadata with
        {
            Kind = origin.Kind.ToString().ToLowerInvariant(),
            Batch = origin.Batch,
            Width = image.Width,
            Height = image.Height,
            Created = time.GetUtcNow(),
        };
        var png = ImageFile.EncodePng(image, metadata.ToPngTexts());
        DataFolder.WriteWhole(IncomingFile(origin.Id), png);
        return Register(Row(origin, metadata, png, time.GetUtcNow()), origin.Parents);
    }

    public void Dispose() => _uploading.Dispose();

    /// <summary>Finishes what an earlier process left between file and row. Called once, before anything else reads or writes pictures.</summary>
    public void Recover()
    {
        foreach (var unfinished in Directory.EnumerateFiles(folder.Incoming, "*.tmp"))
        {
            File.Delete(unfinished);
        }

        foreach (var file in Directory.EnumerateFiles(folder.Incoming, "*.png"))
        {
            if (Guid.TryParse(Path.GetFileNameWithoutExtension(file), out var id))
            {
                Adopt(id, File.ReadAllBytes(file));
            }
        }
    }

    private void Adopt(Guid id, byte[] png)
    {
        using var db = history.CreateDbContext();
        if (db.Pictures.AsNoTracking().FirstOrDefault(x => x.Id == id) is { } known)
        {
            Settle(known);
            return;
        }

        var metadata = GenerationMetadata.FromPng(png);
        if (metadata is null)
        {
            logger.LogWarning("{File} says nothing about how it was made, so it stays where it is", IncomingFile(id));
            return;
        }

        var job = db.Jobs.AsNoTracking().FirstOrDefault(x => x.Id == id);
        var origin = new PictureOrigin(id, KindOf(metadata))
        {
            Batch = metadata.Batch,
            Owner = job?.Owner,
            Duration = TimeSpan.FromMilliseconds(job?.WorkMilliseconds ?? 0),
        };
        Register(Row(origin, metadata, png, time.GetUtcNow()), ParentsOf(db, metadata));
        logger.LogInformation("Picture {PictureId} was finished but not in the index, and is now", id);
    }

    /// <summary>How a picture came to be, by what its file says.</summary>
    internal static PictureKind KindOf(GenerationMetadata metadata) =>
        Enum.TryParse<PictureKind>(metadata.Kind, ignoreCase: true, out var kind) ? kind : metadata.References.Count switch
        {
            0 => PictureKind.Created,
            1 => PictureKind.Edited,
            _ => PictureKind.Composed,
        };

    /// <summary>The pictures with the content that the file names; of several the oldest. Content that is not there leaves no edge.</summary>
    private static List<Guid> ParentsOf(HistoryDb db, GenerationMetadata metadata) =>
        [.. metadata.Parents.Select(x => WithContent(db, x)).OfType<Guid>().Distinct()];

    private PictureRow Register(PictureRow row, IReadOnlyList<Guid> parents)
    {
        using (var db = history.CreateDbContext())
        {
            db.Pictures.Add(row);
            db.Parents.AddRange(parents.Select((x, i) => new ParentRow { PictureId = row.Id, Position = i, ParentId = x }));
            db.SaveChanges();
        }

        Settle(row);
        gallery.Tell();
        return row;
    }

    private void Settle(PictureRow row)
    {
        var file = Path.Combine(folder.Images, row.File);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Move(IncomingFile(row.Id), file, overwrite: true);
    }

    /// <summary>The row of a picture whose file is <paramref name="content"/>.</summary>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="metadata">How it was made.</param>
    /// <param name="content">Its whole file.</param>
    /// <param name="now">When it was made, should the metadata not say.</param>
    /// <param name="file">Where it lies; null: under its year and month.</param>
    internal static PictureRow Row(PictureOrigin origin, GenerationMetadata metadata, byte[] content, DateTimeOffset now, string? file = null)
    {
        var created = metadata.Created ?? now;
        return new PictureRow
        {
            Id = origin.Id,
            Owner = origin.Owner,
            Kind = origin.Kind,
            Batch = origin.Batch,
            IsPartial = origin.Kind is not (PictureKind.Step or PictureKind.Upload) && metadata.StepsDone < metadata.Request.Steps,
            CreatedAt = created,
            File = file ?? $"{created.UtcDateTime:yyyy'/'MM}/{origin.Id:N}.png",
            Width = metadata.Width,
            Height = metadata.Height,
            Prompt = metadata.Request.Prompt,
            NegativePrompt = metadata.Request.NegativePrompt,
            Seed = metadata.Request.Seed,
            Metadata = metadata.ToJson(),
            Model = metadata.Model,
            DurationMilliseconds = origin.Duration.TotalMilliseconds,
            Bytes = content.Length,
            Sha256 = HashOf(content),
            Description = metadata.Description,
        };
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private string IncomingFile(Guid id) => Path.Combine(folder.Incoming, $"{id:N}.png");
}
