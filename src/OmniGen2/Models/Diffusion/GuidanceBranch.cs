using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>One of the conditions whose velocities guidance combines.</summary>
/// <param name="Name">What the session's caller calls it: cond, ref, uncond.</param>
/// <param name="Text">Language features, [1, T, features].</param>
/// <param name="SeesReferences">Whether the plan's references join the sequence.</param>
public sealed record GuidanceBranch(string Name, Tensor Text, bool SeesReferences);
