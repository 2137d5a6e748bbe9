using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>The most likely token, chosen where the logits are: only its number crosses to the machine's memory. The same as a greedy <see cref="TokenSampler"/> takes.</summary>
internal sealed class GreedyChoice : ITokenChoice
{
    private readonly Tensor _seen;        // [V], true for ids that the penalty is for
    private readonly Tensor? _penalty;    // [1]

    public GreedyChoice(GenerationOptions options, IEnumerable<int> promptIds, long vocabulary, Device device)
    {
        using var scope = NewDisposeScope();
        long[] seen = [.. promptIds.Concat(options.AlsoSeen).Distinct().Select(id => (long)id)];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(seen.Max(), vocabulary, nameof(promptIds));
        _seen = zeros([vocabulary], dtype: ScalarType.Bool, device: device);
        _seen.index_fill_(0, tensor(seen, device: device), true).DetachFromDisposeScope();

        // A tensor: a GPU multiplies by the inverse of a plain number, which rounds otherwise than to divide.
        _penalty = options.RepetitionPenalty == 1 ? null : tensor([(float)options.RepetitionPenalty], device: device).DetachFromDisposeScope();
    }

    public int Pick(Tensor logits)
    {
        var row = logits.view(-1);
        var scores = _penalty is null ? row : where(_seen, where(row < 0, row * _penalty, row / _penalty), row);
        var best = scores.argmax().view(1);
        _seen.index_fill_(0, best, true);
        return (int)best.item<long>();
    }

    public void Dispose()
    {
        _seen.Dispose();
        _penalty?.Dispose();
    }
}
