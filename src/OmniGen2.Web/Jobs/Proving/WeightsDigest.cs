using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>
/// The SHA-256 of the checkpoint's weights. Reading them takes a minute for a large one, so it is done beside the work, once: the result is kept in the
/// data folder under the names, sizes and times of the files.
/// </summary>
public sealed class WeightsDigest(ModelHost model, DataFolder folder, ILogger<WeightsDigest> logger) : BackgroundService
{
    private readonly TaskCompletionSource<string?> _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null until it is read, and where there is nothing to read.</summary>
    public string? Current => _read.Task.IsCompletedSuccessfully ? _read.Task.Result : null;

    /// <summary>As soon as it is read; null where there is nothing to read.</summary>
    public Task<string?> Read(CancellationToken cancellationToken) => _read.Task.WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var state = await model.Watch(stoppingToken).FirstAsync(x => x is not ModelState.Loading, stoppingToken);
        try
        {
            _read.SetResult(state is ModelState.Ready { Info.Path: { Length: > 0 } path } ? await Digest(path, stoppingToken) : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(error, "The weights cannot be read for their digest: pictures do not say which they were");
            _read.SetResult(null);
        }
    }

    private async Task<string?> Digest(string path, CancellationToken cancellationToken)
    {
        var files = Directory.EnumerateFiles(path, "*.safetensors", SearchOption.AllDirectories).Select(x => new FileInfo(x)).OrderBy(x => x.FullName, StringComparer.Ordinal).ToList();
        var key = string.Join('\n', files.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.FullName} {x.Length} {x.LastWriteTimeUtc.Ticks}")));
        var kept = Path.Combine(folder.Root, "weights.sha256");
        if (File.Exists(kept) && await File.ReadAllTextAsync(kept, cancellationToken) is var text && text.StartsWith(key + "\n\n", StringComparison.Ordinal))
        {
            return text[(key.Length + 2)..];
        }

        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            await using var stream = file.OpenRead();
            whole.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(path, file.FullName)));
            whole.AppendData(await SHA256.HashDataAsync(stream, cancellationToken));
        }

        var digest = Convert.ToHexStringLower(whole.GetHashAndReset());
        DataFolder.WriteWhole(kept, Encoding.UTF8.GetBytes($"{key}\n\n{digest}"));
        return digest;
    }
}
