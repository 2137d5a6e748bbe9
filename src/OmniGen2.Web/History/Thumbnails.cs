using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>Small WebP versions of the pictures, made when first asked for, so that the worker never waits for them.</summary>
public sealed class Thumbnails(DataFolder folder, ImageStore images, ILogger<Thumbnails> logger)
{
    /// <summary>Longer side in pixels.</summary>
    public const int Side = 512;

    /// <summary>The path of the thumbnail's file; null when the picture's own file is gone or damaged.</summary>
    public string? FileOf(PictureRow picture)
    {
        var file = PathOf(picture);
        if (File.Exists(file))
        {
            return file;
        }

        if (images.FileOf(picture) is not { } original)
        {
            return null;
        }

        try
        {
            Write(file, Thumbnail.Encode(ImageFile.Open(original), Side));
            return file;
        }
        catch (ModelException error)
        {
            logger.LogWarning(error, "Picture {PictureId} has no thumbnail: its file is damaged", picture.Id);
            return null;
        }
    }

    public void Delete(PictureRow picture)
    {
        if (File.Exists(PathOf(picture)))
        {
            File.Delete(PathOf(picture));
        }
    }

    /// <summary>All of them; each is made again when somebody looks at its picture.</summary>
    /// <returns>The bytes that they took.</returns>
    public long DeleteAll()
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(folder.Thumbs).EnumerateFiles("*.webp", SearchOption.AllDirectories).ToList())
        {
            bytes += file.Length;
            file.Delete();
        }

        return bytes;
    }

    private string PathOf(PictureRow picture) => Path.Combine(folder.Thumbs, Path.ChangeExtension(picture.File, ".webp"));

    private static void Write(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Two may make the same one at once: each writes a file of its own, and the last to finish stays.
        var own = $"{file}.{Guid.NewGuid():N}";
        DataFolder.WriteWhole(own, bytes);
        File.Move(own, file, overwrite: true);
    }
}
