using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>(x − mean) / √(variance + eps) over the last dimension, without weights; fp32 inside.</summary>
public sealed class LayerNorm(double eps)
{
    public Tensor Forward(Tensor x) => Accelerator.LayerNorm(x, null, null, eps); // [..., size]
}
