using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vision;

/// <summary>Attention and feed-forward, each after a norm and added to the stream.</summary>
internal sealed class VisionBlock(WeightScope weights, VisionConfig config)
{
    private const double NormEps = 1e-6;

    private readonly QwenNorm _norm1 = new(weights["norm1"], config.HiddenSize, NormEps);
    private readonly VisionAttention _attention = new(weights["attn"], config);
    private readonly QwenNorm _norm2 = new(weights["norm2"], config.HiddenSize, NormEps);
    private readonly GatedMlp _mlp = new(weights["mlp"], config.HiddenSize, config.IntermediateSize, bias: true, kept: BlockWeights.Full);

    public Tensor Forward(Tensor x, HalfRotary rotary, IReadOnlyList<WindowRun> runs, Action<string, Tensor>? record)
    {
        using var scope = NewDisposeScope();
        var normed = _norm1.Forward(x);
        var attended = _attention.Forward(normed, rotary, runs, record);
        x = x + attended;
        var mlp = _mlp.Forward(_norm2.Forward(x));
        record?.Invoke("vision.block0.norm1", normed);
        record?.Invoke("vision.block0.attn", attended);
        record?.Invoke("vision.block0.mlp", mlp);
        return (x + mlp).MoveToOuterDisposeScope();
    }
}
