using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Qwen's feed-forward part, in the language model and in the vision tower: down(silu(gate(x)) · up(x)).</summary>
internal sealed class GatedMlp(WeightScope weights, int size, int innerSize, bool bias)
{
    private readonly Linear _gate = weights["gate_proj"].Linear(size, innerSize, bias);
    private readonly Linear _up = weights["up_proj"].Linear(size, innerSize, bias);
    private readonly Linear _down = weights["down_proj"].Linear(innerSize, size, bias);

    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var gated = Accelerator.SiluMul(_gate.Forward(x), _up.Forward(x));
        return _down.Forward(gated).MoveToOuterDisposeScope();
    }
}
