using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>What one timestep does to one block, each [B, 1, D]: scales s of norm(x) · (1 + s), and gates behind their tanh.</summary>
internal sealed record BlockModulation(Tensor Scale, Tensor Gate, Tensor FfnScale, Tensor FfnGate)
{
    public IEnumerable<Tensor> Tensors => [Scale, Gate, FfnScale, FfnGate];

    /// <summary>Something made of each, in the order of <see cref="Tensors"/>.</summary>
    public BlockModulation Map(Func<Tensor, Tensor> change) => new(change(Scale), change(Gate), change(FfnScale), change(FfnGate));
}
