using OmniGen2.Imaging;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Generation;

/// <summary>Keeps what the pipeline shows of a run, under the names of the recorded runs of the original, and writes it as one file.</summary>
internal sealed class RunDump : IDisposable
{
    private readonly Dictionary<string, List<Tensor>> _tensors = [];

    /// <summary>Numbers are kept as fp32, whatever the network computed in; ids as they are.</summary>
    public void Record(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var copy = tensor.is_floating_point() ? tensor.detach().to(ScalarType.Float32, copy: true) : tensor.detach().clone();
        Add(name, copy.cpu().DetachFromDisposeScope());
        if (name is "text.embeds" or "text.negative_embeds")
        {
            // Nothing is padded here, so every token counts.
            Add(name.Replace("embeds", "mask", StringComparison.Ordinal), ones([tensor.shape[0], tensor.shape[1]], dtype: ScalarType.Int32).DetachFromDisposeScope());
        }
    }

    public void AddDecoded(FloatImage image)
    {
        using var scope = NewDisposeScope();
        Add("out.decoded", tensor(image.Values, [1, 3, image.Height, image.Width]).DetachFromDisposeScope());
    }

    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Save(path, _tensors.ToDictionary(t => t.Key, t => Join(t.Key, t.Value)));
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values.SelectMany(t => t))
        {
            tensor.Dispose();
        }

        _tensors.Clear();
    }

    private void Add(string name, Tensor tensor)
    {
        if (!_tensors.TryGetValue(name, out var all))
        {
            _tensors[name] = all = [];
        }

        all.Add(tensor);
    }

    // References, ids and times are the same for all pictures of a run; the rest has one row a picture.
    private static Tensor Join(string name, List<Tensor> pictures)
    {
        var isShared = name.StartsWith("ref", StringComparison.Ordinal) || name.EndsWith("input_ids", StringComparison.Ordinal) || name == "input.timesteps";
        return isShared || pictures.Count == 1 ? pictures[0] : cat([.. pictures], 0);
    }
}
