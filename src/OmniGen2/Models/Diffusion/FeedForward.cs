using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

// B batch · S tokens · F inner width

/// <summary>Gated feed-forward: down(silu(gate(x)) · up(x)).</summary>
internal sealed class FeedForward
{
    private readonly Linear _gate;
    private readonly Linear _up;
    private readonly Linear _down;

    public FeedForward(WeightScope weights, TransformerConfig config)
    {
        var (width, inner) = (config.HiddenSize, config.FeedForwardSize);
        _gate = weights["linear_1"].Linear(width, inner, bias: false);
        _up = weights["linear_3"].Linear(width, inner, bias: false);
        _down = weights["linear_2"].Linear(inner, width, bias: false);
    }

    public Tensor Forward(Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var inner = Accelerator.SiluMul(_gate.Forward(x), _up.Forward(x));   // [B, S, F]
        return _down.Forward(inner).MoveToOuterDisposeScope();
    }
}
