using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>A convolution with a square kernel.</summary>
/// <param name="weight">[out, in, kernel, kernel].</param>
/// <param name="bias">[out], or none.</param>
/// <param name="stride">Step in pixels, both ways.</param>
/// <param name="padding">Zeros added on all four sides.</param>
public sealed class Conv2d(Tensor weight, Tensor? bias, int stride = 1, int padding = 0)
{
    public Tensor Weight { get; } = weight;

    public Tensor? Bias { get; } = bias;

    public Tensor Forward(Tensor x) => nn.functional.conv2d(x, Weight, Bias, [stride, stride], [padding, padding]); // [B, in, H, W] → [B, out, H', W']
}
