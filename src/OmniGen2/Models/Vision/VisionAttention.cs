using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vision;

// P patches · D width · H heads · E head size · n windows of L patches

/// <summary>Self-attention within windows that lie side by side, equal neighbours in one batch; no mask over all pairs of patches is ever built.</summary>
internal sealed class VisionAttention(WeightScope weights, VisionConfig config)
{
    private readonly Linear _qkv = weights["qkv"].Linear(config.HiddenSize, 3 * config.HiddenSize);
    private readonly Linear _out = weights["proj"].Linear(config.HiddenSize, config.HiddenSize);
    private readonly double _scale = 1 / Math.Sqrt(config.HeadSize);

    public Tensor Forward(Tensor x, HalfRotary rotary, IReadOnlyList<WindowRun> runs, Action<string, Tensor>? record)
    {
        using var scope = NewDisposeScope();
        var qkv = _qkv.Forward(x);
        var parts = qkv.unflatten(-1, 3, config.Heads, config.HeadSize).unbind(1);    // 3 × [P, H, E]
        var (q, k, v) = (rotary.Turn(parts[0]), rotary.Turn(parts[1]), parts[2]);
        record?.Invoke("vision.block0.qkv", qkv);
        record?.Invoke("vision.block0.q_rotated", q);
        record?.Invoke("vision.block0.k_rotated", k);

        var attended = runs.Select(run => AttendWithin(q, k, v, run)).ToArray();
        return _out.Forward(cat(attended, 0)).MoveToOuterDisposeScope();
    }

    private Tensor AttendWithin(Tensor q, Tensor k, Tensor v, WindowRun run)
    {
        using var scope = NewDisposeScope();
        var attended = ChunkedAttention.Attend(Windows(q), Windows(k), Windows(v), _scale);    // [n, H, L, E]
        return attended.transpose(1, 2).flatten(2).flatten(0, 1).MoveToOuterDisposeScope();    // [n·L, D]

        Tensor Windows(Tensor t) => t.narrow(0, run.Start, run.Count * run.Length).unflatten(0, run.Count, run.Length).transpose(1, 2);
    }
}
