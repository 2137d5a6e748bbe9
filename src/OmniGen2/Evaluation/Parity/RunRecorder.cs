using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Keeps what a pipeline shows while it runs.</summary>
internal sealed class RunRecorder
{
    private readonly Dictionary<string, float[]> _seen = [];

    /// <summary>Empty for what was not shown, which then differs in length from what is recorded.</summary>
    public float[] this[string name] => _seen.GetValueOrDefault(name) ?? [];

    public void Add(string name, Tensor value) => _seen[name] = value.Floats();

    public IEnumerable<int> Ids(string name) => this[name].Select(id => (int)id);
}
