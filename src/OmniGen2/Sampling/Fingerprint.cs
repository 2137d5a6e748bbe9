using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniGen2.Sampling;

/// <summary>Digests by which a state, a prompt's features or a picture's latents are known again.</summary>
internal static class Fingerprint
{
    /// <summary>Ends of a weights file that are read: enough to tell a retrained one of the same shapes, without reading gigabytes.</summary>
    private const int SampleBytes = 1 << 16;

    private static readonly JsonSerializerOptions AnyNumber = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Of(RgbImage image) =>
        $"{image.Width}x{image.Height}:{Convert.ToHexStringLower(SHA256.HashData(image.Pixels))}";

    /// <summary>Everything that decides over the pixels. `parity` joins because what it injects does too.</summary>
    public static string Of(GenerationRequest request, ParityOptions parity, string checkpoint, string precision)
    {
        var all = new
        {
            checkpoint,
            precision,
            request = request with { Images = [], Turns = [], Cache = null },
            cache = request.Cache?.ToString(),
            images = request.Images.Select(Of),
            turns = request.Turns.Select(t => new { t.Role, t.Text, images = t.Images.Select(Of) }),
            parity.Latents,
            parity.PosteriorNoise,
            parity.Timesteps,
            parity.TrustSpecialTokens,
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all, AnyNumber)));
    }

    /// <summary>A checkpoint by its configs, the sizes of its weights files and the data at their ends; not by where it lies.</summary>
    public static string OfCheckpoint(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".json" or ".safetensors" && Path.GetDirectoryName(f) != Path.TrimEndingDirectorySeparator(folder))
            .Select(f => (Name: Path.GetRelativePath(folder, f).Replace('\\', '/'), File: f))
            .Where(f => !f.Name.StartsWith("expected/", StringComparison.Ordinal));
        foreach (var (name, path) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{length}\0"));
            foreach (var offset in new[] { 0L, length / 2, Math.Max(0, length - SampleBytes) })
            {
                var sample = new byte[SampleBytes];
                hash.AppendData(sample.AsSpan(0, RandomAccess.Read(file, sample, offset)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
