using OmniGen2.Models.Language;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Everything that a language model shows while it runs, for the time of one case.</summary>
internal sealed class QwenRecorder : IDisposable
{
    private readonly Dictionary<string, List<float[]>> _seen = [];

    public QwenRecorder(Qwen model)
    {
        Model = model;
        model.Recorder = (name, value) =>
        {
            _seen.TryAdd(name, []);
            _seen[name].Add(value.Floats());
        };
    }

    public Qwen Model { get; }

    public bool Has(string name) => _seen.ContainsKey(name);

    /// <summary>All values under a name, in order.</summary>
    public float[] this[string name] => _seen.TryGetValue(name, out var values) ? [.. values.SelectMany(v => v)] : [];

    public void Dispose() => Model.Recorder = null;
}
