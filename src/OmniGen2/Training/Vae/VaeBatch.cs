using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>Drawings and the chance that goes with them.</summary>
/// <param name="Samples">Numbers of the samples.</param>
/// <param name="Pictures">[B, 3, S, S] in −1 … 1.</param>
/// <param name="Noise">[B, C, S / 8, S / 8], normal.</param>
/// <param name="Disturbance">[B, 1, 1, 1]: how much of the noise disturbs the latents, in model space.</param>
internal sealed record VaeBatch(IReadOnlyList<long> Samples, Tensor Pictures, Tensor Noise, Tensor Disturbance) : ITrainingBatch
{
    public void Dispose()
    {
        Pictures.Dispose();
        Noise.Dispose();
        Disturbance.Dispose();
    }
}
