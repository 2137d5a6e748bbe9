using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>Another source's weights with a LoRA folded in as they are read.</summary>
internal sealed class LoraSource : WeightSource
{
    private static readonly string[] FusedParts = ["to_q", "to_k", "to_v"];

    private readonly WeightSource _inner;

    private readonly LoraFile _lora;

    private readonly double _scale;

    private readonly Dictionary<string, Slice> _changes = [];

    public LoraSource(WeightSource inner, LoraFile lora, double scale)
        : base(inner.DType, inner.Device, inner.Staged?.Stager)
    {
        _inner = inner;
        _lora = lora;
        _scale = scale;
        var unknown = new List<string>();
        foreach (var module in lora.Modules)
        {
            Place(module, unknown);
        }

        if (unknown.Count > 0)
        {
            throw new WeightsException($"{lora.Path} changes {unknown.Count} layers of {lora.Modules.Count} that {inner.Description} does not have, first '{unknown[0]}'; it was made for another model.");
        }
    }

    public override string Description => $"{_inner.Description} with {_lora.Path}";

    internal override BlockWeights Blocks => _inner.Blocks;

    internal override IReadOnlyCollection<string>? Stored => _inner.Stored;

    public override bool Has(string name) => _inner.Has(name);

    public override long[]? ShapeOf(string name) => _inner.ShapeOf(name);

    public override void AssertAllUsed() => _inner.AssertAllUsed();

    internal override Tensor Read(string name, Init init, long[] shape)
    {
        var weight = _inner.Read(name, init, shape);
        if (!_changes.TryGetValue(name, out var slice))
        {
            return weight;
        }

        var change = _lora.Change(slice.Module).narrow(0, slice.Start, slice.Rows);
        return weight.to(ScalarType.Float32) + (change * _scale);
    }

    internal override SafetensorsFile? FileOf(string name) => _changes.ContainsKey(name) ? null : _inner.FileOf(name);

    internal override void Loaded(string name) => _inner.Loaded(name);

    internal override IEnumerable<(string Name, MappedRange Range)> Ranges(string prefix) =>
        _inner.Ranges(prefix).Where(r => !_changes.ContainsKey(r.Name));

    private void Place(LoraModule module, List<string> unknown)
    {
        if (module.Name.EndsWith(LoraKey.FusedSuffix, StringComparison.Ordinal))
        {
            PlaceFused(module, unknown);
        }
        else if (_inner.ShapeOf(Weight(module.Name)) is { } shape)
        {
            Add(module, Weight(module.Name), shape, 0, module.Outputs);
        }
        else
        {
            unknown.Add(module.Name);
        }
    }

    // Query, key and value in one matrix, one below the other, with one down matrix for the three.
    private void PlaceFused(LoraModule module, List<string> unknown)
    {
        var block = module.Name[..^"qkv".Length];
        var names = FusedParts.Select(part => Weight(block + part)).ToArray();
        var shapes = names.Select(_inner.ShapeOf).ToArray();
        if (shapes.Any(s => s is not { Length: 2 }))
        {
            unknown.Add(module.Name);
            return;
        }

        var rows = shapes.Sum(s => s![0]);
        if (rows != module.Outputs)
        {
            throw new WeightsException($"{_lora.Path} has '{module.UpKey}' with {module.Outputs} rows, but query, key and value of {_inner.Description} have {rows} ({string.Join(" + ", shapes.Select(s => s![0]))}).");
        }

        var start = 0L;
        for (var i = 0; i < names.Length; i++)
        {
            Add(module, names[i], shapes[i]!, start, shapes[i]![0]);
            start += shapes[i]![0];
        }
    }

    private void Add(LoraModule module, string name, long[] shape, long start, long rows)
    {
        if (!shape.AsSpan().SequenceEqual([rows, module.Inputs]))
        {
            throw new WeightsException($"{_lora.Path} changes '{name}' as {Shapes.Text([rows, module.Inputs])}, but it is {Shapes.Text(shape)} in {_inner.Description}; it was made for another model.");
        }

        if (!_changes.TryAdd(name, new Slice(module, start, rows)))
        {
            throw new WeightsException($"{_lora.Path} changes '{name}' twice, by '{_changes[name].Module.UpKey}' and '{module.UpKey}'; keep one.");
        }
    }

    private static string Weight(string module) => module + ".weight";

    /// <summary>Rows of a module's change that belong to one weight.</summary>
    private sealed record Slice(LoraModule Module, long Start, long Rows);
}
