using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>x / √(mean(x²) + eps) · weight over the last dimension; computed in fp32 and rounded once.</summary>
/// <param name="weight">[size].</param>
/// <param name="eps">Keeps the root away from zero.</param>
public sealed class RmsNorm(Tensor weight, double eps)
{
    public Tensor Weight { get; } = weight;

    public double Eps => eps;

    public Tensor Forward(Tensor x) => Accelerator.RmsNorm(x, Weight, eps); // [..., size]

    /// <summary>The norm times (1 + scale), in one pass.</summary>
    /// <param name="x">[B, ..., size].</param>
    /// <param name="scale">[size], or [B, 1, ..., size].</param>
    public Tensor Forward(Tensor x, Tensor scale) => Accelerator.RmsNorm(x, Weight, eps, scale);

    /// <summary>stream + gate · norm(x), in one pass.</summary>
    /// <param name="stream">[B, ..., size].</param>
    /// <param name="x">As the stream.</param>
    /// <param name="gate">[B, 1, ..., size], or none.</param>
    public Tensor AddTo(Tensor stream, Tensor x, Tensor? gate = null) => Accelerator.AddNormed(stream, x, Weight, eps, gate);
}
