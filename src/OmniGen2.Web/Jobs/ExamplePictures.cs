using System.Security.Cryptography;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Jobs;

/// <summary>What an example prompt becomes.</summary>
/// <param name="Seed">With it and everything else as the checkpoint suggests.</param>
/// <param name="File">The whole path.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
public sealed record ExamplePicture(long Seed, string File, string Sha256)
{
    public string Name => Path.GetFileNameWithoutExtension(File);
}

/// <summary>The pictures of a checkpoint's example prompts, which lie in its folder `examples` (eng/examples.sh draws them). One counts only while the weights are those that drew it.</summary>
public sealed class ExamplePictures(ModelHost model, WeightsDigest weights, ILogger<ExamplePictures> logger)
{
    private Dictionary<string, ExamplePicture>? _known;

    /// <summary>By prompt; empty where there are none, and until it is known which weights are loaded.</summary>
    public IReadOnlyDictionary<string, ExamplePicture> Known => _known ?? Find(weights.Current);

    /// <summary>The same as soon as the weights are known, which for a large checkpoint takes a minute.</summary>
    public async Task<IReadOnlyDictionary<string, ExamplePicture>> Read(CancellationToken cancellationToken) => _known ?? Find(await weights.Read(cancellationToken));

    private Dictionary<string, ExamplePicture> Find(string? digest) => model.Info?.Path is { Length: > 0 } path && digest is not null
        ? _known = Find(Path.Combine(path, "examples"), digest)
        : [];

    private Dictionary<string, ExamplePicture> Find(string folder, string digest)
    {
        var found = new Dictionary<string, ExamplePicture>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.png") : [])
        {
            var content = File.ReadAllBytes(file);
            if (Metadata(file, content) is { Request: var request } metadata && metadata.ModelHash == digest)
            {
                found[request.Prompt] = new ExamplePicture(request.Seed, file, Convert.ToHexStringLower(SHA256.HashData(content)));
            }
        }

        return found;
    }

    private GenerationMetadata? Metadata(string file, byte[] content)
    {
        try
        {
            return GenerationMetadata.FromPng(content);
        }
        catch (ModelException damage)
        {
            logger.LogWarning(damage, "{File} is no example that can be read, so it is not shown", file);
            return null;
        }
    }
}
