using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Weights made by <see cref="ClosedFormWeights"/> as a model asks for them.</summary>
internal sealed class FormulaSource(IReadOnlyDictionary<string, long[]> shapes, uint salt, string description, Device device) : WeightSource(ScalarType.Float32, device)
{
    private readonly Dictionary<string, FillSummary> _made = [];

    /// <summary>What was made, in short.</summary>
    public IReadOnlyDictionary<string, FillSummary> Made => _made;

    public override string Description => description;

    internal override IReadOnlyCollection<string> Stored => [.. shapes.Keys];

    public override bool Has(string name) => NameTree.Has(shapes.Keys, name);

    public override long[]? ShapeOf(string name) => shapes.GetValueOrDefault(name);

    internal override Tensor Read(string name, Init init, long[] shape)
    {
        if (!shapes.TryGetValue(name, out var known))
        {
            throw Strictness.Missing(Description, name, shape);
        }

        CheckShape(name, shape, known);
        var values = ClosedFormWeights.Fill(name, shape, salt);
        _made[name] = FillSummary.Of(values);
        return tensor(values, shape);
    }
}
