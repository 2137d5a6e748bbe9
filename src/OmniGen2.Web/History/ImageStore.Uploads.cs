using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>Pictures that people bring. They are kept as they came, in a file named after their content, so that the same one is stored once.</summary>
public sealed partial class ImageStore
{
    private const int LongestName = 200;

    // One at a time: a large picture takes hundreds of megabytes while its pixels are looked at, and two rows of one content must not race.
    private readonly SemaphoreSlim _uploading = new(1);

    /// <param name="file">A whole PNG, JPEG or WebP file; anything else, and one beyond <see cref="ImageLimits.Default"/>, is a <see cref="ModelException"/>.</param>
    /// <param name="name">The file's name where it came from; stands for the prompt.</param>
    /// <param name="owner">Whose it is; null: of who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picture; an old one when its owner has the same file already. Width and height are those of the upright picture.</returns>
    public async Task<PictureRow> AddUpload(byte[] file, string name = "", string? owner = null, CancellationToken cancellationToken = default)
    {
        owner ??= Asker.Current.Id;
        await _uploading.WaitAsync(cancellationToken);
        try
        {
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
            await using var db = await history.CreateDbContextAsync(cancellationToken);
            var same = await db.Pictures.Where(x => x.Sha256 == sha256 && x.Owner == owner).OrderBy(x => x.CreatedAt).ToListAsync(cancellationToken);
            if (same.FirstOrDefault(x => x.Kind == PictureKind.Upload || (x.DeletedAt is null && FileOf(x) is not null)) is { } known)
            {
                Keep(known, file);
                known.DeletedAt = null;
                await db.SaveChangesAsync(cancellationToken);
                gallery.Tell();
                return known;
            }

            var row = Upload(file, sha256, Path.GetFileName(name.Replace('\\', '/')), owner, time.GetUtcNow());
            Keep(row, file);
            db.Pictures.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            gallery.Tell();
            return row;
        }
        finally
        {
            _uploading.Release();
        }
    }

    private void Keep(PictureRow row, byte[] file)
    {
        var path = Path.Combine(folder.Images, row.File);
        if (FileOf(row) is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DataFolder.WriteWhole(path, file);
        }
    }

    private static PictureRow Upload(byte[] file, string sha256, string name, string? owner, DateTimeOffset now)
    {
        var image = ImageFile.Decode(file, name: name.Length == 0 ? "The picture" : $"'{name}'");
        var extension = ImageHeader.Read(file).Format switch
        {
            ImageFormat.Jpeg => "jpg",
            ImageFormat.WebP => "webp",
            _ => "png",
        };
        var origin = new PictureOrigin(Guid.NewGuid(), PictureKind.Upload) { Owner = owner };
        return Row(origin, UploadMetadata(name, image.Width, image.Height, now), file, now, $"uploads/{sha256[..2]}/{sha256}.{extension}");
    }

    /// <summary>What is known about a picture that somebody brought. Its own metadata is not ours and stays in the file.</summary>
    internal static GenerationMetadata UploadMetadata(string name, int width, int height, DateTimeOffset created) => new()
    {
        Request = new GenerationRequest { Prompt = name[..Math.Min(name.Length, LongestName)], Width = width, Height = height },
        Model = "",
        Kind = "upload",
        Width = width,
        Height = height,
        Created = created,
    };
}
