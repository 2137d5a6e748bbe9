using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Schedulers;

/// <summary>
/// DPM-Solver++(2M) for flows (Lu et al., 2022): noise level σ = 1 − t, clean estimate x̂ = x + σ·v, and a step along x̂ corrected by how it
/// has moved since the step before. The first and the last step are of first order, which is Euler's.
/// </summary>
public sealed class DpmSolver(IReadOnlyList<double> times) : IScheduler
{
    private const string EstimateKey = "scheduler.estimate";

    private Tensor? _previous;

    public IReadOnlyList<double> Times { get; } = times;

    private int Last => Times.Count - 2;

    /// <summary>σ_i.</summary>
    public double Sigma(int index) => 1 - Times[index];

    /// <summary>λ_i = ln((1 − σ) / σ): −∞ at pure noise, +∞ at the picture.</summary>
    public double Lambda(int index) => Math.Log(1 - Sigma(index)) - Math.Log(Sigma(index));

    public Tensor Step(int index, Tensor x, Tensor v)
    {
        using var scope = NewDisposeScope();
        var estimate = x + (v * Sigma(index)); // in the model's type, as the original
        var ratio = Sigma(index + 1) / Sigma(index);
        var next = (Wide.Of(x) * ratio) + (Corrected(index, estimate) * (1 - ratio));
        Keep(estimate);
        return next.to(v.dtype).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, StateTensor> Save() =>
        _previous is null ? new Dictionary<string, StateTensor>() : new() { [EstimateKey] = StateTensors.From(_previous) };

    public void Restore(IReadOnlyDictionary<string, StateTensor> history)
    {
        if (!history.TryGetValue(EstimateKey, out var saved))
        {
            throw new ModelException($"The saved state lacks '{EstimateKey}', which the DPM solver needs to go on; start the picture again.");
        }

        Keep(saved.ToTensor());
    }

    public void Dispose()
    {
        _previous?.Dispose();
        _previous = null;
    }

    private Tensor Corrected(int index, Tensor estimate)
    {
        var wide = Wide.Of(estimate);
        if (_previous is null || index == Last)
        {
            return wide;
        }

        // At index 1 the step before began at λ = −∞, so the weight is exactly 0.
        var weight = 0.5 * (Lambda(index + 1) - Lambda(index)) / (Lambda(index) - Lambda(index - 1));
        return weight == 0 ? wide : wide + ((wide - Wide.Of(_previous.to(wide.device))) * weight);
    }

    private void Keep(Tensor estimate)
    {
        _previous?.Dispose();
        _previous = estimate.DetachFromDisposeScope();
    }
}
