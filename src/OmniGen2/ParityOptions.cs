using static TorchSharp.torch;

namespace OmniGen2;

/// <summary>What a comparison with recorded runs sets from outside, and what it gets to see. Ordinary requests leave all of it alone.</summary>
public sealed record ParityOptions
{
    /// <summary>Starting noise instead of the seed's, model space.</summary>
    public LatentImage? Latents { get; init; }

    /// <summary>Noise of each reference's posterior instead of the seed's.</summary>
    public IReadOnlyList<LatentImage>? PosteriorNoise { get; init; }

    /// <summary>Start times of the steps instead of the scheduler's; the end, 1, is understood.</summary>
    public IReadOnlyList<float>? Timesteps { get; init; }

    /// <summary>Reads special tokens in the prompt as such. Never for text that somebody typed.</summary>
    public bool TrustSpecialTokens { get; init; }

    /// <summary>Allows sizes that the studio would refuse, as the original does.</summary>
    public bool AnySize { get; init; }

    /// <summary>Is given tensors under the names of the recorded files while they live.</summary>
    public Action<string, Tensor>? Record { get; init; }
}
