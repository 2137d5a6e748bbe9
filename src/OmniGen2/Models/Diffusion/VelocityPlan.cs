using OmniGen2.Models.Layers;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>All that stays the same while one picture is made. The tensors are read while the session begins and not kept.</summary>
public sealed record VelocityPlan
{
    /// <summary>Sides of the latent.</summary>
    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>The schedule's times, one a step, 0 (noise) … 1 (image). They are rounded to the model's dtype, as the network was trained to see them.</summary>
    public required IReadOnlyList<float> Times { get; init; }

    public required IReadOnlyList<GuidanceBranch> Branches { get; init; }

    /// <summary>Latents of the reference images, each [1, C, h, w] of its own size.</summary>
    public IReadOnlyList<Tensor> References { get; init; } = [];

    public CacheOptions? Cache { get; init; }

    /// <summary>Whether steps may be recorded as graphs; those of small pictures without caches then are.</summary>
    public GraphPolicy? Graphs { get; init; }
}
