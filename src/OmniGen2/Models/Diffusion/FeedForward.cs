using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

// B batch · S tokens · F inner width

/// <summary>Gated feed-forward: down(silu(gate(x)) · up(x)).</summary>
internal sealed class FeedForward
{
    private readonly BlockLinear _gate;
    private readonly BlockLinear _up;
    private readonly BlockLinear _down;
    private readonly Tensor? _gateAndUp;   // [2F, D]

    public FeedForward(WeightScope weights, TransformerConfig config)
    {
        var (width, inner) = (config.HiddenSize, config.FeedForwardSize);
        _gate = weights["linear_1"].BlockLinear(width, inner);
        _up = weights["linear_3"].BlockLinear(width, inner);
        _gateAndUp = weights.Joined("linear_1", "linear_3");
        _down = weights["linear_2"].BlockLinear(inner, width);
    }

    public Tensor Forward(Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var inner = _gateAndUp is null
            ? Accelerator.SiluMul(_gate.Forward(x), _up.Forward(x))
            : Accelerator.SiluMulHalves(nn.functional.linear(x, _gateAndUp));   // [B, S, F]
        return _down.Forward(inner).MoveToOuterDisposeScope();
    }
}
