using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>What the encoder says about a picture's latents: a mean and a spread for each value.</summary>
// B batch · C latent channels · h, w one eighth of the picture
public sealed class Posterior : IDisposable
{
    private Posterior(Tensor mean, Tensor logVariance, Tensor deviation)
    {
        Mean = mean;
        LogVariance = logVariance;
        Deviation = deviation;
    }

    public Tensor Mean { get; }

    public Tensor LogVariance { get; }

    public Tensor Deviation { get; }

    /// <summary>Splits the encoder's output, [B, 2C, h, w].</summary>
    public static Posterior FromMoments(Tensor moments)
    {
        using var scope = NewDisposeScope();
        var halves = moments.chunk(2, 1);                                // 2 × [B, C, h, w]
        var logVariance = halves[1].clamp(-30.0, 20.0);
        return new Posterior(
            halves[0].clone().MoveToOuterDisposeScope(),
            logVariance.MoveToOuterDisposeScope(),
            (logVariance * 0.5).exp().MoveToOuterDisposeScope());
    }

    public Tensor Sample(Tensor noise)
    {
        using var spread = Deviation * noise;
        return Mean + spread;
    }

    /// <summary>Takes the tensors out of the scope they were made in.</summary>
    public Posterior Detach()
    {
        Mean.DetachFromDisposeScope();
        LogVariance.DetachFromDisposeScope();
        Deviation.DetachFromDisposeScope();
        return this;
    }

    public void Dispose()
    {
        Mean.Dispose();
        LogVariance.Dispose();
        Deviation.Dispose();
    }
}
