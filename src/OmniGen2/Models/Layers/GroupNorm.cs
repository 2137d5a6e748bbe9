using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Normalises groups of channels over the whole picture; in fp32, where bf16 is also ten times slower.</summary>
/// <param name="groups">Divides the channels.</param>
/// <param name="weight">[channels].</param>
/// <param name="bias">[channels].</param>
/// <param name="eps">Keeps the root away from zero.</param>
public sealed class GroupNorm(int groups, Tensor weight, Tensor bias, double eps)
{
    public int Groups { get; } = groups;

    public double Eps { get; } = eps;

    public Tensor Weight { get; } = weight;

    public Tensor Bias { get; } = bias;

    public Tensor Forward(Tensor x) // [B, C, H, W]
    {
        using var scope = NewDisposeScope();
        var wide = x.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? ScalarType.Float32 : x.dtype;
        var normal = nn.functional.group_norm(x.to(wide), Groups, Weight.to(wide), Bias.to(wide), Eps);
        return normal.to(x.dtype).MoveToOuterDisposeScope();
    }
}
