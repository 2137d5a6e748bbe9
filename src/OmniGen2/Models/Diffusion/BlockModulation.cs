using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>What one timestep does to one block, each [B, 1, D]: scales s of norm(x) · (1 + s), and gates behind their tanh.</summary>
internal sealed record BlockModulation(Tensor Scale, Tensor Gate, Tensor FfnScale, Tensor FfnGate)
{
    public IEnumerable<Tensor> Tensors => [Scale, Gate, FfnScale, FfnGate];

    public BlockModulation At(int row) =>
        new(Scale.narrow(0, row, 1), Gate.narrow(0, row, 1), FfnScale.narrow(0, row, 1), FfnGate.narrow(0, row, 1));
}
