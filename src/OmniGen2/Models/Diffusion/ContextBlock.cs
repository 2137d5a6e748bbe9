using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>The text's block: as <see cref="TransformerBlock"/>, but blind to the timestep, hence computed once a prompt.</summary>
internal sealed class ContextBlock
{
    private readonly RmsNorm _attentionNorm;
    private readonly GroupedAttention _attention;
    private readonly RmsNorm _attentionOutNorm;
    private readonly RmsNorm _ffnNorm;
    private readonly FeedForward _ffn;
    private readonly RmsNorm _ffnOutNorm;

    public ContextBlock(WeightScope weights, TransformerConfig config)
    {
        var (width, eps) = (config.HiddenSize, config.NormEps);
        _attentionNorm = weights["norm1"].RmsNorm(width, eps);
        _attention = new GroupedAttention(weights["attn"], config);
        _attentionOutNorm = weights["norm2"].RmsNorm(width, eps);
        _ffnNorm = weights["ffn_norm1"].RmsNorm(width, eps);
        _ffn = new FeedForward(weights["feed_forward"], config);
        _ffnOutNorm = weights["ffn_norm2"].RmsNorm(width, eps);
        Weights = weights.Region("attn", "feed_forward");
    }

    public WeightRegion Weights { get; }

    public Tensor Forward(Tensor x, Rotary rotary)
    {
        using var scope = torch.NewDisposeScope();
        x = _attentionOutNorm.AddTo(x, _attention.Forward(_attentionNorm.Forward(x), rotary, x.shape[1]));
        x = _ffnOutNorm.AddTo(x, _ffn.Forward(_ffnNorm.Forward(x)));
        return x.MoveToOuterDisposeScope();
    }
}
