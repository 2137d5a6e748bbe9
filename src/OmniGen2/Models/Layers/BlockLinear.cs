using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>A linear layer of a block: x · Wᵀ + b with weights as they are or in a byte each.</summary>
public sealed class BlockLinear
{
    private readonly Linear? _full;
    private readonly PackedWeight? _packed;
    private readonly Tensor? _bias;

    internal BlockLinear(Linear full) => _full = full;

    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or none.</param>
    internal BlockLinear(PackedWeight weight, Tensor? bias) => (_packed, _bias) = (weight, bias);

    public Tensor Forward(Tensor x) => _packed?.Linear(x, _bias) ?? _full!.Forward(x); // [..., in] → [..., out]
}
