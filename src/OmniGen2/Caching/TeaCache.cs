using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Caching;

/// <summary>
/// Skips the joint layers while their input changes little: the estimated change of their output is summed up over steps, and as
/// long as it stays below a threshold the last residual (output − input) is added instead.
/// </summary>
internal sealed class TeaCache(double threshold, Device device) : BranchCache
{
    // Fitted by the original's authors: relative change of the modulated input → of the output. Negative below about 0.0138.
    private static readonly double[] Polynomial = [-5.48259225, 11.48772289, -4.47407401, 2.47730926, -0.03316487];

    private Tensor? _previous;   // modulated input of the step before, [1, S, D]
    private Tensor? _residual;   // of the last computed step, [1, N, D]

    /// <summary>Estimated change since the last computed step.</summary>
    public double Accumulated { get; private set; }

    /// <summary>Relative L1 change of the modulated input at the last step; null where none was taken.</summary>
    public double? Change { get; private set; }

    public override Tensor? Foretell(StepPlace place, Func<JointInput> input)
    {
        var current = input();
        Change = place.IsEnd || _previous is null || _residual is null ? null : RelativeChange(current.Modulated, _previous);
        Accumulated += Change is { } change ? Polynomial.Aggregate((sum, next) => (sum * change) + next) : double.PositiveInfinity;
        Keep(ref _previous, current.Modulated);
        if (Accumulated < threshold)
        {
            return current.Noise + _residual!;
        }

        Accumulated = 0;
        return null;
    }

    public override void Store(Tensor before, Tensor after) => Keep(ref _residual, after - before);

    public override IReadOnlyDictionary<string, StateTensor> Save() =>
        _previous is null || _residual is null
            ? new Dictionary<string, StateTensor>()
            : new Dictionary<string, StateTensor>
            {
                ["accumulated"] = Numbers(Accumulated),
                ["previous"] = StateTensors.From(_previous),
                ["residual"] = StateTensors.From(_residual),
            };

    public override void Load(IReadOnlyDictionary<string, StateTensor> saved)
    {
        Clear();
        if (saved.Count > 0)
        {
            Accumulated = Numbers(saved["accumulated"])[0];
            _previous = Restore(saved["previous"], device);
            _residual = Restore(saved["residual"], device);
        }
    }

    protected override void Clear()
    {
        _previous?.Dispose();
        _residual?.Dispose();
        (_previous, _residual, Accumulated) = (null, null, 0);
    }

    private static double RelativeChange(Tensor now, Tensor before)
    {
        using var scope = torch.NewDisposeScope();
        var change = (now - before).abs().to_type(ScalarType.Float32).mean() / before.abs().to_type(ScalarType.Float32).mean();
        return change.item<float>();
    }

    private static void Keep(ref Tensor? kept, Tensor next)
    {
        kept?.Dispose();
        kept = next.DetachFromDisposeScope();
    }
}
