using System.Security.Cryptography;

namespace OmniGen2.Cli.Inspection;

/// <summary>One file of a checkpoint.</summary>
/// <param name="Path">Below the checkpoint's folder, with slashes.</param>
/// <param name="Bytes">Size of the file itself, not of a link to it.</param>
/// <param name="Sha256">Lower-case hexadecimal, when it was asked for.</param>
internal sealed record FileListing(string Path, long Bytes, string? Sha256)
{
    private const int ChunkBytes = 1 << 20;

    public static FileListing Read(string folder, string file, bool withDigest, CancellationToken stop)
    {
        var name = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/');
        try
        {
            using var stream = File.OpenRead(file);
            return new FileListing(name, stream.Length, withDigest ? Digest(stream, stop) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"'{file}' cannot be read: {e.Message}", e);
        }
    }

    private static string Digest(FileStream stream, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(chunk, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
