using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Qwen's feed-forward part, in the language model and in the vision tower: down(silu(gate(x)) · up(x)).</summary>
internal sealed class GatedMlp(WeightScope weights, int size, int innerSize, bool bias, BlockWeights? kept = null)
{
    private readonly BlockLinear _gate = weights["gate_proj"].BlockLinear(size, innerSize, bias, kept);
    private readonly BlockLinear _up = weights["up_proj"].BlockLinear(size, innerSize, bias, kept);
    private readonly BlockLinear _down = weights["down_proj"].BlockLinear(innerSize, size, bias, kept);

    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var gated = Accelerator.SiluMul(_gate.Forward(x), _up.Forward(x));
        return _down.Forward(gated).MoveToOuterDisposeScope();
    }
}
