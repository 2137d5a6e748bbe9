using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>Random numbers of a request, always drawn on the CPU so that a seed gives the same picture on every machine.</summary>
internal static class Noise
{
    /// <summary>Starting latents [1, C, h, w] in fp32, rounded as the original's were in the model's precision.</summary>
    public static Tensor Starting(GenerationRequest request, long channels, long height, long width, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)request.Seed, CPU);
        var batch = randn([request.BatchIndex + 1, channels, height, width], generator: generator);
        return batch.narrow(0, request.BatchIndex, 1).to_type(precision).to_type(ScalarType.Float32).clone().MoveToOuterDisposeScope();
    }

    /// <summary>A generator for the references' posteriors. The original drew from whatever state the process was in, so its edits could not be repeated.</summary>
    public static Generator Posterior(GenerationRequest request)
    {
        // One step of SplitMix64: with the seed itself, a reference would get the very noise that its edit starts from.
        var z = (ulong)request.Seed + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return new Generator(z ^ (z >> 31), CPU);
    }
}
