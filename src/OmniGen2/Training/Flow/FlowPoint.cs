using static TorchSharp.torch;

namespace OmniGen2.Training.Flow;

/// <summary>Samples on their way from noise to image.</summary>
/// <param name="X">[B, C, h, w], what the network sees.</param>
/// <param name="T">[B], how far they are.</param>
/// <param name="Velocity">[B, C, h, w], what the network shall answer.</param>
public sealed record FlowPoint(Tensor X, Tensor T, Tensor Velocity)
{
    /// <summary>Gives the tensors to the scope around the current one.</summary>
    public FlowPoint MoveToOuterDisposeScope() =>
        new(X.MoveToOuterDisposeScope(), T.MoveToOuterDisposeScope(), Velocity.MoveToOuterDisposeScope());
}
