using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>Looks for files of pictures that are no longer where the index has them. Nothing is ever deleted because its file is missing.</summary>
public sealed class MissingFiles(IDbContextFactory<HistoryDb> history, DataFolder folder, ImageStore images, Gallery gallery)
{
    /// <summary>Puts the file back if it lies elsewhere below the folder of pictures; else a <see cref="ModelException"/> says where it belongs.</summary>
    /// <returns>Where it was, from the folder of pictures.</returns>
    public async Task<string> Find(PictureRow picture, CancellationToken cancellationToken = default)
    {
        var place = Path.Combine(folder.Images, picture.File);
        if (images.FileOf(picture) is not null)
        {
            gallery.Tell();
            return Path.GetDirectoryName(picture.File)!;
        }

        await using var db = await history.CreateDbContextAsync(cancellationToken);
        foreach (var found in Directory.EnumerateFiles(folder.Images, "*" + Path.GetExtension(picture.File), SearchOption.AllDirectories)
            .Where(x => new FileInfo(x).Length == picture.Bytes))
        {
            var at = Path.GetRelativePath(folder.Images, found).Replace('\\', '/');
            if (await IsIt(found, picture, cancellationToken) && !await db.Pictures.AnyAsync(x => x.File == at, cancellationToken))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Move(found, place);
                gallery.Tell();
                return at;
            }
        }

        throw new ModelException($"The file is nowhere below {folder.Images}. Put it back as {picture.File} and it is shown again.");
    }

    private static async Task<bool> IsIt(string file, PictureRow picture, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == picture.Sha256;
    }
}
