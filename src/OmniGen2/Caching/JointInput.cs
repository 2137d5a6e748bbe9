using static TorchSharp.torch;

namespace OmniGen2.Caching;

/// <summary>What goes into the joint layers.</summary>
/// <param name="Modulated">The whole sequence as the first layer's attention sees it, [1, S, D].</param>
/// <param name="Noise">The noise tokens, [1, N, D].</param>
internal sealed record JointInput(Tensor Modulated, Tensor Noise);
