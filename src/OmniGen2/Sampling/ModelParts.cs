using OmniGen2.Imaging;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Layers;
using OmniGen2.Models.Vae;
using OmniGen2.Schedulers;
using OmniGen2.Tokenization;
using OmniGen2.Weights;
using OmniGen2.Weights.Staging;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>All parts of a checkpoint, loaded and checked.</summary>
internal sealed partial class ModelParts : IDisposable
{
    private readonly List<SafetensorsSource> _sources = [];
    private readonly WeightStager? _stager;
    private ModelPart? _working;

    private ModelParts(CheckpointFolder folder, PipelineOptions options)
    {
        Device = FindDevice(options.Device);
        Precision = FindPrecision(options.Precision, Device, folder);
        Weights = options.Weights.On(Device, options.EmulatesFloat8);
        Graphs = new GraphPolicy(Device, options.Graphs, options.Tell) { IsAnywhere = options.RecordsAnywhere };
        Checkpoint = Fingerprint.OfCheckpoint(folder.Path);
        Schedule = SchedulerConfig.Load(Path.Combine(folder.Scheduler, "scheduler_config.json"));
        Template = new PromptTemplate(BytePairTokenizer.Load(folder.Processor));
        Images = QwenImageProcessor.Load(Path.Combine(folder.Processor, "preprocessor_config.json"));
        var generation = Path.Combine(folder.Mllm, "generation_config.json");
        Generation = File.Exists(generation) ? GenerationOptions.Load(generation) : new GenerationOptions();

        _stager = options.Stager?.Invoke(Precision) ?? (Device.type == DeviceType.CPU ? null : new WeightStager(Device, Precision));
        try
        {
            (Vae, Transformer, Language) = BuildNetworks(folder);
            Language.Graphs = Graphs;
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

    /// <summary>Whether steps are recorded.</summary>
    public GraphPolicy Graphs { get; }

    /// <summary>Where the weights stay now.</summary>
    public Residency Residency { get; private set; }

    public ModelFootprint Footprint { get; }

    /// <summary>Bytes that this model may have where it computes, what its weights take there now included.</summary>
    public long Free
    {
        get
        {
            // What the device's allocator keeps for later tensors counts as taken there, and can be had.
            var kept = Accelerator.DeviceUse(Device) is { } use ? use.Taken - use.Tensors : 0;
            return Accelerator.DeviceMemory(Device).Free + kept + (_stager?.Bytes ?? 0);
        }
    }

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
        Graphs.Settle(weightsStay: mode == Residency.All);
        _sources.ForEach(s => s.Streams = mode == Residency.Streamed);
        if (mode != Residency.All)
        {
            _sources.ForEach(s => s.Release());
        }
    }

    /// <summary>Brings to the device now what stays there: nothing but in the mode in which all does.</summary>
    public void Fill()
    {
        if (Residency == Residency.All)
        {
            _sources.ForEach(s => s.Enter());
        }
    }

    /// <summary>To be called before a part works: the one that worked before it leaves memory, unless all may stay, and this one is brought to the device, if there is one.</summary>
    public void Enter(ModelPart part)
    {
        if (Residency != Residency.All && _working is { } before && before != part)
        {
            _sources[(int)before].Release();
        }

        _working = part;
        _sources[(int)part].Enter();
    }

    public void Dispose()
    {
        Language?.ForgetRecordings();
        foreach (var source in _sources)
        {
            source.Dispose();
        }

        _stager?.Dispose();
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
        var source = SafetensorsSource.Open(part, new SafetensorsOptions { DType = Precision, Device = Device, Blocks = Weights, Stager = _stager, Aliases = aliases });
        _sources.Add(source);
        return source.Build(build);
    }

    private long NumberBytes => Precision == ScalarType.Float32 ? sizeof(float) : sizeof(short);

    private ModelFootprint Measure()
    {
        var config = Transformer.Config;
        var movable = _sources.Select(s => s.MovableBytes).ToList();
        var staged = _sources.Select(s => s.Staged).OfType<StagedWeights>().ToList();
        var all = _sources.Sum(s => s.Bytes);
        return new ModelFootprint
        {
            Parts = movable,
            Copies = all - movable.Sum(),
            Layers = staged.Count > 0 ? WeightStager.Slots * staged.Max(s => s.LargestBytes) : LayerNumbers(Transformer.Config) * 2 * NumberBytes,
            Rest = staged.Select(s => s.RestBytes).DefaultIfEmpty().Max(),
            Pinned = _stager?.PinnedBytes ?? 0,
            IsOnDevice = staged.Count > 0,
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
}
