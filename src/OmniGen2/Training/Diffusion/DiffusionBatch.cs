using OmniGen2.Training.Flow;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// B samples · C h w of a latent · T text tokens · D width of the language model

/// <summary>Samples of one task and of equal sizes, on the CPU until the loss takes them to the model.</summary>
internal sealed class DiffusionBatch : ITrainingBatch
{
    public required IReadOnlyList<long> Samples { get; init; }

    public required DiffusionTaskKind Task { get; init; }

    /// <summary>Noisy latents, times, and velocities to learn.</summary>
    public required FlowPoint Point { get; init; }

    /// <summary>States of the prompts [B, T, D]; one for all where the prompt is dropped.</summary>
    public required Tensor Text { get; init; }

    /// <summary>Each [B, C, h, w]; none where they are dropped.</summary>
    public required IReadOnlyList<Tensor> References { get; init; }

    /// <summary>How much errors count, [B, 1, h, w]; null for all alike.</summary>
    public Tensor? Weights { get; init; }

    /// <summary>What the pictures show; null where nobody asks.</summary>
    public SceneLabels? Labels { get; init; }

    private IEnumerable<Tensor> Tensors => [Point.X, Point.T, Point.Velocity, Text, .. References, .. Weights is null ? [] : (Tensor[])[Weights], .. Labels?.Tensors ?? []];

    /// <summary>Takes the tensors out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public DiffusionBatch Detach()
    {
        foreach (var tensor in Tensors)
        {
            tensor.DetachFromDisposeScope();
        }

        return this;
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }
}
