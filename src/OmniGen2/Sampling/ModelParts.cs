using System.Globalization;
using OmniGen2.Imaging;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vae;
using OmniGen2.Schedulers;
using OmniGen2.Tokenization;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>All parts of a checkpoint, loaded and checked.</summary>
internal sealed class ModelParts : IDisposable
{
    private readonly List<SafetensorsSource> _sources = [];
    private ModelPart? _working;

    private ModelParts(CheckpointFolder folder, PipelineOptions options)
    {
        Device = FindDevice(options.Device);
        Precision = FindPrecision(options.Precision, Device, folder);
        Weights = options.Weights.On(Device, options.EmulatesFloat8);
        Checkpoint = Fingerprint.OfCheckpoint(folder.Path);
        Schedule = SchedulerConfig.Load(Path.Combine(folder.Scheduler, "scheduler_config.json"));
        Template = new PromptTemplate(BytePairTokenizer.Load(folder.Processor));
        Images = QwenImageProcessor.Load(Path.Combine(folder.Processor, "preprocessor_config.json"));
        var generation = Path.Combine(folder.Mllm, "generation_config.json");
        Generation = File.Exists(generation) ? GenerationOptions.Load(generation) : new GenerationOptions();

        try
        {
            (Vae, Transformer, Language) = BuildNetworks(folder);
            Footprint = Measure();
            Settle(options.Residency == Residency.Auto ? Residency.All : options.Residency);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Device Device { get; }

    public ScalarType Precision { get; }

    /// <summary>How the layers of blocks are kept.</summary>
    public BlockWeights Weights { get; }

    /// <summary>What the networks compute in, for people and for comparing.</summary>
    public string Numbers => Weights switch
    {
        BlockWeights.Int8 => $"{Precision} with 8-bit weights",
        BlockWeights.Float8 => $"{Precision} with fp8 weights",
        _ => Precision.ToString(),
    };

    /// <summary>Where the weights stay now.</summary>
    public Residency Residency { get; private set; }

    public ModelFootprint Footprint { get; }

    /// <summary>Digest of the files.</summary>
    public string Checkpoint { get; }

    public SchedulerConfig Schedule { get; }

    public PromptTemplate Template { get; }

    public QwenImageProcessor Images { get; }

    public GenerationOptions Generation { get; }

    public AutoencoderKL Vae { get; }

    public OmniGen2Transformer Transformer { get; }

    public Qwen Language { get; }

    public static ModelParts Load(string path, PipelineOptions options) => new(CheckpointFolder.Open(path), options);

    /// <summary>Changes where the weights stay, from the next layer on.</summary>
    public void Settle(Residency mode)
    {
        Residency = mode;
        _sources.ForEach(s => s.Streams = mode == Residency.Streamed);
        if (mode != Residency.All)
        {
            _sources.ForEach(s => s.Release());
        }
    }

    /// <summary>To be called before a part works: the one that worked before it leaves memory, unless all may stay.</summary>
    public void Enter(ModelPart part)
    {
        if (Residency != Residency.All && _working is { } before && before != part)
        {
            _sources[(int)before].Release();
        }

        _working = part;
    }

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }

    private (AutoencoderKL Vae, OmniGen2Transformer Transformer, Qwen Language) BuildNetworks(CheckpointFolder folder)
    {
        var vae = VaeConfig.Load(CheckpointFolder.Config(folder.Vae));
        var transformer = TransformerConfig.Load(CheckpointFolder.Config(folder.Transformer));
        var language = QwenConfig.Load(CheckpointFolder.Config(folder.Mllm));
        return (
            Build(folder.Vae, [], weights => new AutoencoderKL(weights, vae)),
            Build(folder.Transformer, [], weights => new OmniGen2Transformer(transformer, weights)),
            Build(folder.Mllm, SafetensorsOptions.QwenAliases, weights => new Qwen(weights, language)));
    }

    private T Build<T>(string part, IReadOnlyList<(string Stored, string Wanted)> aliases, Func<WeightScope, T> build)
    {
        var source = SafetensorsSource.Open(part, new SafetensorsOptions { DType = Precision, Device = Device, Blocks = Weights, Aliases = aliases });
        _sources.Add(source);
        return source.Build(build);
    }

    private long NumberBytes => Precision == ScalarType.Float32 ? sizeof(float) : sizeof(short);

    private ModelFootprint Measure()
    {
        var config = Transformer.Config;
        var mapped = _sources.Select(s => s.MappedBytes).ToList();
        var all = _sources.Sum(s => s.Bytes);
        return new ModelFootprint
        {
            Parts = mapped,
            Copies = all - mapped.Sum(),
            Layers = LayerNumbers(Transformer.Config) * 2 * NumberBytes,
            Width = config.HiddenSize,
            FeedForward = config.FeedForwardSize,
            Channels = Vae.Config.BlockChannels[0],
            LargestMap = Vae.Config.LargestMap,
            NumberBytes = (int)NumberBytes,
        };
    }

    // Numbers of a layer's attention and feed-forward.
    private static long LayerNumbers(TransformerConfig config) =>
        (long)config.HiddenSize * ((2L * config.HiddenSize) + (2L * config.NumKvHeads * config.HeadSize) + (3L * config.FeedForwardSize));

    internal static Device FindDevice(string name)
    {
        if (name == "auto")
        {
            return cuda.is_available() ? new Device("cuda") : CPU;
        }

        if (name == "cpu")
        {
            return CPU;
        }

        var number = name.Split(':') switch
        {
            ["cuda"] => 0,
            ["cuda", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => throw new ModelException($"There is no device '{name}': use 'auto', 'cpu', 'cuda' or 'cuda:0'."),
        };
        return number < cuda.device_count()
            ? new Device($"cuda:{number}")
            : throw new ModelException($"The device '{name}' is asked for, but libtorch sees {cuda.device_count()} GPUs here: use 'cpu', or a CUDA build of libtorch.");
    }

    internal static ScalarType FindPrecision(ModelPrecision wanted, Device device, CheckpointFolder folder) => wanted.On(device, FolderBytes(folder.Transformer));

    private static long FolderBytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*.safetensors").Sum(f => f.Length);
}
