using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Gathers labels of tokens until they become tensors.</summary>
/// <typeparam name="T">long for classes, float for truths.</typeparam>
/// <param name="width">Labels of one token.</param>
internal sealed class TargetList<T>(int width)
    where T : unmanaged
{
    private readonly List<long> _places = [];
    private readonly List<T> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<long> _samples = [];

    public void Add(int place, IEnumerable<T> labels, double weight, int sample)
    {
        _places.Add(place);
        _labels.AddRange(labels);
        _weights.Add((float)weight);
        _samples.Add(sample);
    }

    /// <summary>Labels [N], or [N, width] where there are several.</summary>
    public TokenTargets ToTensors(Func<T[], Tensor> make)
    {
        using var scope = NewDisposeScope();
        var labels = make([.. _labels]).view(width == 1 ? [_places.Count] : [_places.Count, width]);
        return new TokenTargets(_places.Count, Kept(tensor(_places.ToArray())), Kept(labels), Kept(tensor(_weights.ToArray())), Kept(tensor(_samples.ToArray())));

        static Tensor Kept(Tensor made) => made.DetachFromDisposeScope();
    }
}
