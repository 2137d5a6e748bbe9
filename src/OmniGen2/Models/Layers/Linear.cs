using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>x · Wᵀ + b.</summary>
/// <param name="weight">[out, in].</param>
/// <param name="bias">[out], or none.</param>
public sealed class Linear(Tensor weight, Tensor? bias = null)
{
    public Tensor Weight { get; } = weight;

    public Tensor? Bias { get; } = bias;

    public Tensor Forward(Tensor x) => nn.functional.linear(x, Weight, Bias); // [..., in] → [..., out]
}
