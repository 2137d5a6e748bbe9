using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

// B batch · S tokens · N tokens kept · D width · C conditioning width

/// <summary>Attention and feed-forward, each between two norms and each scaled and gated by the timestep. There is no shift.</summary>
internal sealed class TransformerBlock
{
    private readonly Linear _modulation;
    private readonly RmsNorm _attentionNorm;
    private readonly GroupedAttention _attention;
    private readonly RmsNorm _attentionOutNorm;
    private readonly RmsNorm _ffnNorm;
    private readonly FeedForward _ffn;
    private readonly RmsNorm _ffnOutNorm;

    public TransformerBlock(WeightScope weights, TransformerConfig config)
    {
        var (width, eps) = (config.HiddenSize, config.NormEps);
        _modulation = weights["norm1"]["linear"].Linear(config.ConditioningSize, 4 * width, init: Init.Zeros);
        _attentionNorm = weights["norm1"]["norm"].RmsNorm(width, eps);
        _attention = new GroupedAttention(weights["attn"], config);
        _attentionOutNorm = weights["norm2"].RmsNorm(width, eps);
        _ffnNorm = weights["ffn_norm1"].RmsNorm(width, eps);
        _ffn = new FeedForward(weights["feed_forward"], config);
        _ffnOutNorm = weights["ffn_norm2"].RmsNorm(width, eps);
        ModulationWeights = weights["norm1"]["linear"].Region();
        Weights = weights.Region("attn", "feed_forward");
    }

    /// <summary>Needed once a schedule.</summary>
    public WeightRegion ModulationWeights { get; }

    /// <summary>Needed in every step.</summary>
    public WeightRegion Weights { get; }

    /// <summary>Factors from silu(temb) [B, C].</summary>
    public BlockModulation Modulate(Tensor activated)
    {
        using var scope = torch.NewDisposeScope();
        var parts = _modulation.Forward(activated).unsqueeze(1).chunk(4, -1);   // each [B, 1, D]
        return new BlockModulation(
            parts[0].MoveToOuterDisposeScope(),
            parts[1].tanh().MoveToOuterDisposeScope(),
            parts[2].MoveToOuterDisposeScope(),
            parts[3].tanh().MoveToOuterDisposeScope());
    }

    /// <summary>What the attention sees.</summary>
    public Tensor ModulatedInput(Tensor x, BlockModulation by) => _attentionNorm.Forward(x, by.Scale);

    /// <summary>The last <paramref name="kept"/> tokens of <paramref name="x"/> after this block; the others are only looked at.</summary>
    public Tensor Forward(Tensor x, BlockModulation by, Rotary rotary, long kept)
    {
        using var scope = torch.NewDisposeScope();
        var mixed = _attention.Forward(ModulatedInput(x, by), rotary, kept);   // [B, N, D]
        x = x.narrow(1, x.shape[1] - kept, kept);
        x = _attentionOutNorm.AddTo(x, mixed, by.Gate);
        x = _ffnOutNorm.AddTo(x, _ffn.Forward(_ffnNorm.Forward(x, by.FfnScale)), by.FfnGate);
        return x.MoveToOuterDisposeScope();
    }
}
