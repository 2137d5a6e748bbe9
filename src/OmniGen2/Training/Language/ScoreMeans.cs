using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Weighted means by name.</summary>
internal sealed class ScoreMeans
{
    private readonly Dictionary<string, (double Sum, double Weight)> _sums = [];

    public IReadOnlyDictionary<string, double> All => _sums.ToDictionary(s => s.Key, s => s.Value.Sum / s.Value.Weight);

    public void Add(string name, bool isRight) => Add(name, isRight ? 1 : 0, 1);

    public void Add(string name, Tensor mean, double weight) => Add(name, mean.to_type(ScalarType.Float64).item<double>(), weight);

    private void Add(string name, double value, double weight)
    {
        if (weight > 0)
        {
            var (sum, total) = _sums.GetValueOrDefault(name);
            _sums[name] = (sum + (value * weight), total + weight);
        }
    }
}
