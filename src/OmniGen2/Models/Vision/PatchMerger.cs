using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Vision;

/// <summary>Four neighbouring patches, side by side, become one token of the language model.</summary>
internal sealed class PatchMerger(WeightScope weights, VisionConfig config)
{
    private const double NormEps = 1e-6;

    private readonly int _mergedSize = config.HiddenSize * config.PatchesPerToken;
    private readonly QwenNorm _norm = new(weights["ln_q"], config.HiddenSize, NormEps);
    private readonly Linear _inner = weights["mlp"][0].Linear(config.HiddenSize * config.PatchesPerToken, config.HiddenSize * config.PatchesPerToken);
    private readonly Linear _out = weights["mlp"][2].Linear(config.HiddenSize * config.PatchesPerToken, config.OutputSize);

    public Tensor Forward(Tensor x, Action<string, Tensor>? record)
    {
        using var scope = NewDisposeScope();
        var normed = _norm.Forward(x);
        record?.Invoke("vision.merger.ln_q", normed);
        return _out.Forward(gelu(_inner.Forward(normed.reshape(-1, _mergedSize)))).MoveToOuterDisposeScope();
    }
}
