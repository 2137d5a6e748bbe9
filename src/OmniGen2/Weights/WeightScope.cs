using System.Globalization;
using OmniGen2.Models.Layers;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>A position in the names of a checkpoint: `scope["attn"]["to_q"].Linear(…)` makes the layer whose keys begin with `attn.to_q.`.</summary>
public sealed class WeightScope
{
    private readonly WeightSource _source;

    internal WeightScope(WeightSource source, string path)
    {
        _source = source;
        Path = path;
    }

    /// <summary>Full name of this position; empty at the root.</summary>
    public string Path { get; }

    /// <summary>The type that the model computes in; parameters arrive in it.</summary>
    public ScalarType DType => _source.DType;

    public Device Device => _source.Device;

    public WeightScope this[string name] => new(_source, Full(name));

    public WeightScope this[int index] => this[index.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Whether the source says that there is a tensor of this name, or any below it.</summary>
    public bool Has(string name) => _source.Has(Full(name));

    /// <summary>The shape that the source says this tensor has; null when it cannot know (a fresh model).</summary>
    public long[]? ShapeOf(string name) => _source.ShapeOf(Full(name));

    /// <summary>One tensor of exactly this shape. Owned by the source: do not dispose it.</summary>
    public Tensor Parameter(string name, params long[] shape) => Parameter(name, Init.Normal(), shape);

    /// <param name="name">Key below this position.</param>
    /// <param name="init">How it starts when it is trained from scratch.</param>
    /// <param name="shape">Must be that of the file.</param>
    public Tensor Parameter(string name, Init init, params long[] shape) => _source.Parameter(Full(name), init, shape);

    /// <summary>`weight` [out, in] and `bias` [out].</summary>
    public Linear Linear(long inFeatures, long outFeatures, bool bias = true, Init? init = null) => new(
        Parameter("weight", init ?? Init.Xavier(), outFeatures, inFeatures),
        bias ? Parameter("bias", Init.Zeros, outFeatures) : null);

    /// <summary>A linear layer of a block, kept as the source says unless it is said here.</summary>
    public BlockLinear BlockLinear(long inFeatures, long outFeatures, bool bias = false, BlockWeights? kept = null)
    {
        var wanted = kept ?? _source.Blocks;
        if (wanted == BlockWeights.Full)
        {
            return new BlockLinear(Linear(inFeatures, outFeatures, bias));
        }

        var weight = _source.Packed(Full("weight"), wanted, Init.Xavier(), [outFeatures, inFeatures]);
        return new BlockLinear(weight, bias ? Parameter("bias", Init.Zeros, outFeatures) : null);
    }

    /// <summary>The weights of two linear layers, which must have been made, one below the other for one product; null where two products are as good.</summary>
    public Tensor? Joined(string first, string second) => _source.Joined($"{Full(first)}.weight", $"{Full(second)}.weight");

    /// <summary>`weight` [out, in, kernel, kernel] and `bias` [out].</summary>
    public Conv2d Conv2d(long inChannels, long outChannels, int kernel, int stride = 1, int padding = 0, bool bias = true, Init? init = null) => new(
        Parameter("weight", init ?? Init.FanIn(), outChannels, inChannels, kernel, kernel),
        bias ? Parameter("bias", Init.Zeros, outChannels) : null,
        stride,
        padding);

    /// <summary>`weight` [size].</summary>
    public RmsNorm RmsNorm(long size, double eps) => new(Parameter("weight", Init.Ones, size), eps);

    /// <summary>`weight` [channels] and `bias` [channels].</summary>
    public GroupNorm GroupNorm(int groups, long channels, double eps) =>
        new(groups, Parameter("weight", Init.Ones, channels), Parameter("bias", Init.Zeros, channels), eps);

    /// <summary>`weight` [count, size].</summary>
    public Embedding Embedding(long count, long size) => new(Parameter("weight", Init.Normal(), count, size));

    /// <summary>All parameters made below this scope, now or later, as a region that can be let go of.</summary>
    /// <param name="below">Only those below these names.</param>
    public WeightRegion Region(params IReadOnlyList<string> below) => new(_source, below.Count == 0 ? [Path] : [.. below.Select(Full)]);

    /// <summary>The one parameter of this scope, a table, as a region that is used in so many pieces of rows.</summary>
    public WeightRegion Table(int pieces) => new(_source, [Path], pieces);

    /// <summary>This scope with a low-rank change folded in; the names in the file count from the root.</summary>
    public WeightScope WithLora(LoraFile lora, double scale = 1) => new(_source.WithLora(lora, scale), Path);

    private string Full(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
