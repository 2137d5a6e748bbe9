using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>Noise tokens → patches of velocity. The one norm that subtracts the mean; scaled by the timestep, not shifted.</summary>
internal sealed class OutputHead
{
    // As in the original, whatever norm_eps says.
    private const double NormEps = 1e-6;

    private readonly LayerNorm _norm;
    private readonly Linear _modulation;
    private readonly Linear _out;

    public OutputHead(WeightScope weights, TransformerConfig config)
    {
        _norm = new LayerNorm(NormEps);
        _modulation = weights["linear_1"].Linear(config.ConditioningSize, config.HiddenSize, init: Init.Zeros);
        _out = weights["linear_2"].Linear(config.HiddenSize, config.PatchFeatures, init: Init.Zeros);
    }

    /// <summary>1 + scale [B, 1, D] from silu(temb) [B, C].</summary>
    public Tensor Modulate(Tensor activated)
    {
        using var scope = torch.NewDisposeScope();
        return (1 + _modulation.Forward(activated).unsqueeze(1)).MoveToOuterDisposeScope();
    }

    public Tensor Forward(Tensor x, Tensor scale)
    {
        using var scope = torch.NewDisposeScope();
        return _out.Forward(_norm.Forward(x) * scale).MoveToOuterDisposeScope();   // [B, N, p·p·C]
    }
}
