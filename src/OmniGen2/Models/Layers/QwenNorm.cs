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
        // What has no narrow type to round to, or is still in training, needs no second pass.
        if (x.dtype is ScalarType.Float32 or ScalarType.Float64 || (is_grad_enabled() && (x.requires_grad || _weight.requires_grad)))
        {
            return Accelerator.RmsNorm(x, _weight, eps);
        }

        using var normal = Accelerator.RmsNorm(x, null, eps);
        return normal * _weight;
    }
}
