using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>What one session is asked for in a walk over the weights that several share.</summary>
/// <param name="Session">Of a picture.</param>
/// <param name="Step">Of its schedule.</param>
/// <param name="Latents">[1, C, h, w].</param>
/// <param name="Branches">In the order in which their velocities come back.</param>
public sealed record VelocityStep(VelocitySession Session, int Step, Tensor Latents, IReadOnlyList<string> Branches);
