using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>Reads the files of pictures back into rows.</summary>
internal static class PictureFiles
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>All pictures below a folder, as paths from there, in an order that does not change.</summary>
    public static IEnumerable<string> Below(string images) => Directory.EnumerateFiles(images, "*", SearchOption.AllDirectories)
        .Where(x => Extensions.Contains(Path.GetExtension(x), StringComparer.OrdinalIgnoreCase))
        .Select(x => Path.GetRelativePath(images, x).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>The row of a file; of an upload that several people brought, the row of each. None for a file that is no picture.</summary>
    /// <param name="images">The folder of pictures.</param>
    /// <param name="file">The path from there.</param>
    /// <param name="old">The database as it was; gives what files do not hold. Null where there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<PictureRow>> Rows(string images, string file, HistoryDb? old, CancellationToken cancellationToken)
    {
        var path = Path.Combine(images, file);
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        var before = old is null ? (List<PictureRow>)[] : await old.Pictures.AsNoTracking().Where(x => x.File == file).ToListAsync(cancellationToken);
        var row = Row(images, file, content, File.GetLastWriteTimeUtc(path), before.FirstOrDefault());
        return row is null ? [] : before.Count == 0 ? [row] : [.. before.Select(x => Merged(row, x))];
    }

    private static PictureRow? Row(string images, string file, byte[] content, DateTime written, PictureRow? before)
    {
        try
        {
            // Only a picture that the studio made is named after its id; to whatever else lies here its texts are a stranger's.
            return Guid.TryParseExact(Path.GetFileNameWithoutExtension(file), "N", out var id) && GenerationMetadata.FromPng(content) is { } metadata
                ? ImageStore.Row(new PictureOrigin(id, ImageStore.KindOf(metadata)) { Batch = metadata.Batch }, metadata, content, written, file)
                : Upload(images, file, content, written, before);
        }
        catch (ModelException)
        {
            // Damaged: what the old database said about it is all that is left, and its place in the gallery.
            return before;
        }
    }

    private static PictureRow Upload(string images, string file, byte[] content, DateTime written, PictureRow? before)
    {
        // The same content has the same id after every rebuild.
        var id = before?.Id ?? new Guid(SHA256.HashData(content).AsSpan(0, 16));
        var metadata = before is not null ? GenerationMetadata.Parse(before.Metadata) : Metadata(file, content, written);
        var row = ImageStore.Row(new PictureOrigin(id, PictureKind.Upload), metadata, content, written, file);
        // Of a file that several people brought each has said something else; which, only the database knows.
        row.Description = before is null ? DescriptionFile.Read(Path.Combine(images, file)) : null;
        return row;
    }

    private static GenerationMetadata Metadata(string file, byte[] content, DateTime written)
    {
        var image = ImageFile.Decode(content, name: file);
        return ImageStore.UploadMetadata(Path.GetFileName(file), image.Width, image.Height, written);
    }

    /// <summary>What the file says, and of the row before what no file says.</summary>
    private static PictureRow Merged(PictureRow file, PictureRow before) => new()
    {
        Id = before.Id,
        Owner = before.Owner,
        Kind = file.Kind,
        Batch = file.Batch,
        IsPartial = file.IsPartial,
        IsStarred = before.IsStarred,
        Rating = before.Rating,
        DeletedAt = before.DeletedAt,
        Description = file.Description ?? before.Description,
        CreatedAt = file.CreatedAt,
        File = file.File,
        Width = file.Width,
        Height = file.Height,
        Prompt = file.Prompt,
        NegativePrompt = file.NegativePrompt,
        Seed = file.Seed,
        Metadata = file.Metadata,
        Model = file.Model,
        DurationMilliseconds = before.DurationMilliseconds,
        Bytes = file.Bytes,
        Sha256 = file.Sha256,
    };
}
