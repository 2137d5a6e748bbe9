using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>Tensors that somebody has in hand. They stay the caller's.</summary>
public sealed class DictionarySource : WeightSource
{
    private readonly IReadOnlyDictionary<string, Tensor> _tensors;

    private readonly HashSet<string> _used = [];

    public DictionarySource(IReadOnlyDictionary<string, Tensor> tensors, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(dtype, device)
    {
        _tensors = tensors;
    }

    public override string Description => "the dictionary of tensors";

    internal override IReadOnlyCollection<string> Stored => [.. _tensors.Keys];

    public override bool Has(string name) => NameTree.Has(_tensors.Keys, name);

    public override long[]? ShapeOf(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor.shape : null;

    public override void AssertAllUsed() => Strictness.AssertAllUsed(Description, _tensors.Keys.Where(n => !_used.Contains(n)), _tensors.Count);

    internal override Tensor Read(string name, Init init, long[] shape)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            throw Strictness.Missing(Description, name, shape);
        }

        CheckShape(name, shape, tensor.shape);
        _used.Add(name);
        return tensor.alias();
    }
}
