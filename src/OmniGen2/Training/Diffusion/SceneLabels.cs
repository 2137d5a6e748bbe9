using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// B samples · N tokens of a picture · F fields of DenseLabels

/// <summary>What the transformer's tokens show.</summary>
/// <param name="Target">Of the picture to make, [B, N, F].</param>
/// <param name="References">Of those that it sees, each [B, N, F].</param>
internal sealed record SceneLabels(Tensor Target, IReadOnlyList<Tensor> References)
{
    public long Tokens => Target.shape[1];

    public IEnumerable<Tensor> Tensors => [Target, .. References];
}
