using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OmniGen2.Weights;

namespace OmniGen2.Training.Diffusion;

/// <summary>Names what the frozen parts of a checkpoint make of data: other parts or other settings have another name.</summary>
internal static class CacheKey
{
    /// <param name="settings">All that decides over the data.</param>
    /// <param name="folder">The checkpoint.</param>
    public static string Of<T>(T settings, CheckpointFolder folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(settings, StrictJson.Format));
        var buffer = new byte[1 << 20];
        foreach (var path in ((string[])[folder.Vae, folder.Mllm, folder.Processor]).SelectMany(Directory.EnumerateFiles).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            using var file = File.OpenRead(path);
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
