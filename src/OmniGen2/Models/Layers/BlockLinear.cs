using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>A linear layer of a block: x · Wᵀ + b with weights as they are or in 8 bits.</summary>
public sealed class BlockLinear
{
    private readonly Linear? _full;
    private readonly Int8Weight? _int8;
    private readonly Tensor? _bias;

    internal BlockLinear(Linear full) => _full = full;

    /// <param name="weight">[out, in] in 8 bits.</param>
    /// <param name="bias">[out], or none.</param>
    internal BlockLinear(Int8Weight weight, Tensor? bias) => (_int8, _bias) = (weight, bias);

    public Tensor Forward(Tensor x) => _int8?.Linear(x, _bias) ?? _full!.Forward(x); // [..., in] → [..., out]
}
