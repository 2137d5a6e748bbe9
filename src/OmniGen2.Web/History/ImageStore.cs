using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>
/// Finished pictures: the file with all its parameters inside, then its row in the index. A file waits in the folder `incoming` until its row is
/// written, so that whatever ends the process in between, the next start finds it there and finishes the work.
/// </summary>
public sealed class ImageStore(DataFolder folder, IDbContextFactory<HistoryDb> history, TimeProvider time, ILogger<ImageStore> logger)
{
    /// <param name="id">The job's id, which becomes the picture's.</param>
    /// <param name="metadata">How it was made; the size and the time are filled in here.</param>
    /// <param name="image">The pixels.</param>
    /// <param name="duration">Time spent on it.</param>
    /// <param name="owner">Whose it is.</param>
    public PictureRow Add(Guid id, GenerationMetadata metadata, RgbImage image, TimeSpan duration, string? owner = null)
    {
        metadata = metadata with { Width = image.Width, Height = image.Height, Created = time.GetUtcNow() };
        var png = ImageFile.EncodePng(image, metadata.ToPngTexts());
        DataFolder.WriteWhole(IncomingFile(id), png);
        return Register(Row(id, metadata, png, duration, owner));
    }

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

    public async Task<PictureRow?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
    }

    /// <summary>The newest pictures, newest first.</summary>
    public async Task<IReadOnlyList<PictureRow>> Latest(int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Pictures.AsNoTracking().OrderByDescending(x => x.CreatedAt).ThenByDescending(x => x.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>The whole path of a picture's file; null when somebody took it away.</summary>
    public string? FileOf(PictureRow picture)
    {
        var file = Path.Combine(folder.Images, picture.File);
        return File.Exists(file) ? file : File.Exists(IncomingFile(picture.Id)) ? IncomingFile(picture.Id) : null;
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
        Register(Row(id, metadata, png, TimeSpan.FromMilliseconds(job?.WorkMilliseconds ?? 0), job?.Owner));
        logger.LogInformation("Picture {PictureId} was finished but not in the index, and is now", id);
    }

    private PictureRow Register(PictureRow row)
    {
        using (var db = history.CreateDbContext())
        {
            db.Pictures.Add(row);
            db.SaveChanges();
        }

        Settle(row);
        return row;
    }

    private void Settle(PictureRow row)
    {
        var file = Path.Combine(folder.Images, row.File);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Move(IncomingFile(row.Id), file, overwrite: true);
    }

    private PictureRow Row(Guid id, GenerationMetadata metadata, byte[] png, TimeSpan duration, string? owner)
    {
        var created = metadata.Created ?? time.GetUtcNow();
        return new PictureRow
        {
            Id = id,
            Owner = owner,
            CreatedAt = created,
            File = $"{created.UtcDateTime:yyyy'/'MM}/{id:N}.png",
            Width = metadata.Width,
            Height = metadata.Height,
            Prompt = metadata.Request.Prompt,
            NegativePrompt = metadata.Request.NegativePrompt,
            Seed = metadata.Request.Seed,
            Metadata = metadata.ToJson(),
            Model = metadata.Model,
            DurationMilliseconds = duration.TotalMilliseconds,
            Bytes = png.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(png)),
        };
    }

    private string IncomingFile(Guid id) => Path.Combine(folder.Incoming, $"{id:N}.png");
}
