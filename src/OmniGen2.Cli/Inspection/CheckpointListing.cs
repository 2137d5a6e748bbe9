using OmniGen2.Weights;

namespace OmniGen2.Cli.Inspection;

/// <summary>All that a checkpoint folder says about itself, read from its configs and headers without touching the weights.</summary>
internal sealed record CheckpointListing(string Path, IReadOnlyList<PartListing> Parts, IReadOnlyList<FileListing> Files)
{
    public long Parameters => Parts.Sum(p => p.Parameters);

    public long Bytes => Files.Sum(f => f.Bytes);

    public static CheckpointListing Read(string path, bool withDigests, CancellationToken stop)
    {
        var folder = CheckpointFolder.Open(path);
        var index = ConfigFile.Load(System.IO.Path.Combine(folder.Path, "model_index.json"));
        var parts = new[]
        {
            PartListing.WithWeights("transformer", folder.Transformer, index),
            PartListing.WithWeights("vae", folder.Vae, index),
            PartListing.WithWeights("mllm", folder.Mllm, index),
            PartListing.WithoutWeights("scheduler", System.IO.Path.Combine(folder.Scheduler, "scheduler_config.json"), index),
            PartListing.WithoutWeights("processor", System.IO.Path.Combine(folder.Processor, "preprocessor_config.json"), index),
        };
        return new CheckpointListing(folder.Path, parts, [.. FilesOf(folder.Path).Select(f => FileListing.Read(folder.Path, f, withDigests, stop))]);
    }

    // A clone or a download keeps its own books in folders that begin with a point.
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !System.IO.Path.GetRelativePath(folder, f).Split('/', '\\').Any(name => name.StartsWith('.')))
            .Order(StringComparer.Ordinal);
}
