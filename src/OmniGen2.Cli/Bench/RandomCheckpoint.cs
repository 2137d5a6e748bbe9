using OmniGen2.Cli.Shell;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vae;
using OmniGen2.Weights;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>
/// Parts of the released sizes with random weights: as fast and as large as the real ones, and nothing else. Written once, tensor by
/// tensor, so that it takes disk but no memory.
/// </summary>
internal sealed class RandomCheckpoint(string folder, ProgressLine progress, CancellationToken stop)
{
    private const string FileName = "diffusion_pytorch_model.safetensors";

    private const int BytesPerNumber = 2;

    /// <summary>Numbers that are drawn; eight billion would take an hour. A prime, so that no two rows of a weight are the same.</summary>
    private const long Drawn = 4_194_301;

    /// <summary>Left free when the file has been written.</summary>
    private const long Spare = 1L << 30;

    public string Folder => folder;

    /// <summary>Where the files go unless somebody says otherwise: the user's cache.</summary>
    public static string DefaultFolder
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var root = string.IsNullOrEmpty(cache) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache") : cache;
            return Path.Combine(root, "omnigen2-bench");
        }
    }

    public void EnsureTransformer() => Ensure("transformer", ReleasedConfigs.Transformer, config => weights => _ = new OmniGen2Transformer(TransformerConfig.Load(config), weights));

    public void EnsureVae() => Ensure("vae", ReleasedConfigs.Vae, config => weights => _ = new AutoencoderKL(weights, VaeConfig.Load(config)));

    public void EnsureLanguage() => Ensure("mllm", ReleasedConfigs.Mllm, config => weights => _ = new Qwen(weights, QwenConfig.Load(config)));

    /// <summary>A whole checkpoint: the three networks, and what is no network from the one that ships.</summary>
    public void EnsureAll()
    {
        EnsureTransformer();
        EnsureVae();
        EnsureLanguage();
        var small = DefaultModel.Find();
        foreach (var file in Directory.EnumerateFiles(small, "*.json", SearchOption.AllDirectories).Append(Path.Combine(small, "processor/merges.txt")))
        {
            var name = Path.GetRelativePath(small, file);
            if (name == "model_index.json" || Path.GetDirectoryName(name) is "processor" or "scheduler")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
                File.Copy(file, Path.Combine(folder, name), overwrite: true);
            }
        }
    }

    /// <summary>Writes a part of any sizes, unless it is there.</summary>
    internal void Ensure(string part, string config, Func<string, Action<WeightScope>> build)
    {
        var place = Path.Combine(folder, part);
        var file = Path.Combine(place, FileName);
        if (File.Exists(file))
        {
            return;
        }

        Prepare(place);
        var configFile = Path.Combine(place, "config.json");
        File.WriteAllText(configFile, config);
        using var shapes = new ShapeRecorder();
        build(configFile)(shapes.Root);
        var parameters = shapes.Parameters.ToDictionary(p => p.Key, p => p.Value.shape);
        CheckDisk(place, parameters.Values.Sum(Count) * BytesPerNumber);
        Write(file, parameters);
    }

    private static void Prepare(string place)
    {
        try
        {
            Directory.CreateDirectory(place);
            foreach (var abandoned in Directory.EnumerateFiles(place, "*.tmp"))
            {
                File.Delete(abandoned);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The folder '{place}' for the random weights cannot be used: {e.Message.TrimEnd('.')}. Choose another with --cache-dir.", e);
        }
    }

    private static void CheckDisk(string place, long bytes)
    {
        var free = new DriveInfo(Path.GetFullPath(place)).AvailableFreeSpace;
        if (free < bytes + Spare)
        {
            throw new ModelException(Invariant(
                $"The random weights take {bytes / 1e9:0.0} GB and '{place}' has {free / 1e9:0.0} GB free: make room for them and 1 GB more, or choose another place with --cache-dir."));
        }
    }

    private void Write(string file, Dictionary<string, long[]> parameters)
    {
        progress.Begin(Invariant($"Writing {parameters.Values.Sum(Count) * BytesPerNumber / 1e9:0.0} GB of random weights"), parameters.Count);
        var done = 0;
        SafetensorsWriter.Save(file, [.. parameters.Select(p => new SafetensorsItem(p.Key, ScalarType.BFloat16, p.Value, () =>
        {
            stop.ThrowIfCancellationRequested();
            progress.Advance(++done);
            return Draw(p.Key, p.Value);
        }))]);
        progress.End();

        // What was just written lies in memory in small pieces, which slows its first users down; a model has as a rule been read from the disk.
        using var written = File.OpenHandle(file);
        Accelerator.Forget(written);
    }

    private readonly Lazy<Tensor> _drawn = new(() => randn([Drawn], dtype: ScalarType.BFloat16).DetachFromDisposeScope());

    // Norms of one and rows of unit length keep the numbers finite through all layers, as in a trained network.
    private Tensor Draw(string name, long[] shape) => (name, shape.Length) switch
    {
        (_, 1) when name.EndsWith("weight", StringComparison.Ordinal) => ones(shape, dtype: ScalarType.BFloat16),
        (_, 1) => zeros(shape, dtype: ScalarType.BFloat16),
        _ => Repeat(shape, 1 / Math.Sqrt(Count(shape) / (double)shape[0])),
    };

    private Tensor Repeat(long[] shape, double scale)
    {
        using var scope = NewDisposeScope();
        var count = Count(shape);
        return _drawn.Value.repeat((count + Drawn - 1) / Drawn).narrow(0, 0, count).view(shape).mul(scale).MoveToOuterDisposeScope();
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);
}
