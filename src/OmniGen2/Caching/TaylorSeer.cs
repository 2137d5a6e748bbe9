using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Caching;

/// <summary>
/// Computes the first five steps and then every third; those between are extrapolated from finite differences of the computed
/// ones. As every layer's output would be replaced by its own series, only the last layer's matters: all else is left out of the
/// steps between, with exactly the same result.
/// </summary>
internal sealed class TaylorSeer(Device device) : BranchCache
{
    private const int FirstComputed = 5;
    private const int Interval = 3;
    private const int MaxOrder = 4;

    private readonly List<int> _computed = [0];
    private List<Tensor> _factors = [];
    private List<StateTensor>? _savedFactors;   // copies of the factors: at full size they are 100 MB, and between computed steps they stay
    private int _step = -1;
    private int _extrapolated;

    /// <summary>Terms of the series.</summary>
    public int Orders => _factors.Count;

    /// <summary>Steps at which the layers ran, counted by this branch; begins with an extra 0, so that the first difference is 0.</summary>
    public IReadOnlyList<int> Computed => _computed;

    public override Tensor? Foretell(StepPlace place, Func<JointInput> input)
    {
        _step++;
        if (_step < FirstComputed || _extrapolated == Interval - 1 || _factors.Count == 0)
        {
            _extrapolated = 0;
            _computed.Add(_step);
            return null;
        }

        _extrapolated++;
        return Extrapolate(_step - _computed[^1]);
    }

    public override void Store(Tensor before, Tensor after)
    {
        var factors = new List<Tensor> { after.DetachFromDisposeScope() };
        var distance = _computed[^1] - _computed[^2];
        for (var i = 0; i < MaxOrder && i < _factors.Count && _step > FirstComputed - 2; i++)
        {
            using var difference = factors[i] - _factors[i];
            factors.Add((difference / distance).DetachFromDisposeScope());
        }

        _factors.ForEach(f => f.Dispose());
        (_factors, _savedFactors) = (factors, null);
    }

    public override IReadOnlyDictionary<string, StateTensor> Save()
    {
        _savedFactors ??= [.. _factors.Select(StateTensors.From)];
        return new Dictionary<string, StateTensor>(_savedFactors.Select((f, i) => KeyValuePair.Create($"factor{i}", f)))
        {
            ["counters"] = Numbers(_step, _extrapolated),
            ["computed"] = Numbers([.. _computed.Select(s => (double)s)]),
        };
    }

    public override void Load(IReadOnlyDictionary<string, StateTensor> saved)
    {
        Clear();
        if (saved.Count > 0)
        {
            var counters = Numbers(saved["counters"]);
            (_step, _extrapolated) = ((int)counters[0], (int)counters[1]);
            _computed.Clear();
            _computed.AddRange(Numbers(saved["computed"]).Select(s => (int)s));
            _factors = [.. Enumerable.Range(0, saved.Count - 2).Select(i => Restore(saved[$"factor{i}"], device))];
        }
    }

    protected override void Clear()
    {
        _factors.ForEach(f => f.Dispose());
        (_factors, _savedFactors) = ([], null);
        _computed.Clear();
        _computed.Add(0);
        (_step, _extrapolated) = (-1, 0);
    }

    // Σ Fᵢ xⁱ / i!, term by term in the model's dtype, as the original sums it.
    private Tensor Extrapolate(int distance)
    {
        using var scope = torch.NewDisposeScope();
        var sum = _factors[0] * 1;
        var (power, factorial) = (1.0, 1.0);
        for (var i = 1; i < _factors.Count; i++)
        {
            power *= distance;
            factorial *= i;
            sum = sum + (_factors[i] * (power / factorial));
        }

        return sum.MoveToOuterDisposeScope();
    }
}
