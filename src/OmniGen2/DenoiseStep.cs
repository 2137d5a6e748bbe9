namespace OmniGen2;

public enum DenoisePhase
{
    EncodingPrompt,
    EncodingReferences,
    Denoising,
}

/// <summary>Where a picture stands after a quantum of work. The two encoding phases are announced before they run, with Index 0.</summary>
/// <param name="Phase">What runs next (encoding) or has just run (denoising).</param>
/// <param name="Index">Steps done, 0 … Count.</param>
/// <param name="Count">Steps in all.</param>
public sealed record DenoiseStep(DenoisePhase Phase, int Index, int Count)
{
    /// <summary>State from which another process goes on to the same pixels; null in the encoding phases.</summary>
    public DenoiseState? State { get; init; }

    /// <summary>The clean estimate x + (1 − t)·v in model space, [C, h, w] row-major; for previews. Null in the encoding phases.</summary>
    public LatentImage? Estimate { get; init; }

    /// <summary>Something that happened on the way and that people should know, in a sentence.</summary>
    public string? Notice { get; init; }

    /// <summary>Transformer passes this step took (3, 2 or 1; fewer with a cache).</summary>
    public int Passes { get; init; }
}

/// <summary>Latents on the CPU in fp32, [Channels, Height, Width] row-major, one eighth of the picture's size.</summary>
public sealed record LatentImage(int Channels, int Height, int Width, float[] Values);
