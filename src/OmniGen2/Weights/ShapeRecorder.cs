using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>
/// Lists the names and shapes that a model asks for. Every parameter is one zero seen through a view of the full shape,
/// so a model of billions of weights is built in milliseconds and takes no memory.
/// </summary>
public sealed class ShapeRecorder : WeightSource
{
    private readonly WeightSource? _facts;

    /// <param name="dtype">What <see cref="Lines"/> names as the type.</param>
    /// <param name="facts">Answers whether optional tensors are there and how large the vocabulary is; without it nothing is.</param>
    public ShapeRecorder(ScalarType dtype = ScalarType.BFloat16, WeightSource? facts = null)
        : base(dtype)
    {
        _facts = facts;
    }

    public override string Description => "the list of names and shapes";

    public override bool Has(string name) => _facts?.Has(name) ?? false;

    public override long[]? ShapeOf(string name) => _facts?.ShapeOf(name);

    /// <summary>A low-rank change alters no name and no shape.</summary>
    public override WeightSource WithLora(LoraFile lora, double scale = 1) => this;

    /// <summary>One line a tensor, sorted: name, tab, [shape], tab, type.</summary>
    public IReadOnlyList<string> Lines() =>
        [.. Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}\t{Shapes.Text(p.Value.shape)}\t{SafetensorsTypes.Name(DType)}")];

    internal override Tensor Read(string name, Init init, long[] shape) => zeros([1], dtype: DType).expand(shape);
}
