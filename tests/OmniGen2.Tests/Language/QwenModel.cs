using OmniGen2.Models.Language;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Language;

/// <summary>The tiny model in one type, with everything that it records while it runs.</summary>
public sealed class QwenModel : IDisposable
{
    private readonly SafetensorsSource _source;
    private readonly Dictionary<string, List<float[]>> _records = [];

    public QwenModel(ScalarType dtype = ScalarType.Float32, bool streamed = false)
    {
        _source = SafetensorsSource.Open(GoldenFile.Path("tiny-omnigen2/mllm"), new SafetensorsOptions { DType = dtype });
        Model = _source.Build(root => new Qwen(root, QwenCases.Config, streamed));
        Model.Recorder = (name, value) =>
        {
            _records.TryAdd(name, []);
            _records[name].Add(value.Floats());
        };
    }

    public Qwen Model { get; }

    /// <summary>Everything recorded under a name, in order.</summary>
    public float[] Recorded(string name) => [.. _records[name].SelectMany(v => v)];

    public void Forget() => _records.Clear();

    public void Dispose() => _source.Dispose();
}
