using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Root-mean-square norm that rounds to the model's type before the weight, as Qwen does.</summary>
internal sealed class QwenNorm(WeightScope weights, long size, double eps)
{
    private readonly Tensor _weight = weights.Parameter("weight", Init.Ones, size);

    public Tensor Forward(Tensor x) // [..., size]
    {
        using var normal = Accelerator.RmsNorm(x, null, eps);
        return normal * _weight;
    }
}
