using System.Security.Cryptography;
using OmniGen2.Imaging;

namespace OmniGen2.Cli.Generation;

/// <summary>A reference from disk, and the digest by which the finished picture names it.</summary>
internal sealed record ReferencePicture(RgbImage Image, string Sha256)
{
    public static ReferencePicture Open(string path)
    {
        var image = ImageFile.Open(path);
        using var file = File.OpenRead(path);
        return new ReferencePicture(image, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
