using static TorchSharp.torch;

namespace OmniGen2.Tests.Pipeline;

/// <summary>Keeps what a pipeline shows while it runs.</summary>
internal sealed class RecordedTensors
{
    private readonly Dictionary<string, float[]> _values = [];

    public IReadOnlyCollection<string> Names => _values.Keys;

    public float[] this[string name] => _values.TryGetValue(name, out var values)
        ? values
        : throw new KeyNotFoundException($"'{name}' was not shown; shown were {string.Join(", ", _values.Keys)}.");

    public void Add(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        _values.Add(name, tensor.detach().to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
    }
}
