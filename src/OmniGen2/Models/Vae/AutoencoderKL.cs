using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>Turns pictures into latents, an eighth of the size in 16 channels, and back.</summary>
public sealed class AutoencoderKL
{
    /// <summary>Pixels to a latent, in each direction.</summary>
    public const int Scale = 8;

    public AutoencoderKL(WeightScope weights, VaeConfig config)
    {
        Config = config;
        Encoder = new VaeEncoder(weights["encoder"], config);
        Decoder = new VaeDecoder(weights["decoder"], config);
    }

    public VaeConfig Config { get; }

    internal VaeEncoder Encoder { get; }

    internal VaeDecoder Decoder { get; }

    /// <summary>Picture [B, 3, H, W] in −1 … 1 to the distribution of its latents.</summary>
    public Posterior Encode(Tensor image)
    {
        using var moments = Encoder.Forward(image);
        return Posterior.FromMoments(moments);
    }

    /// <summary>Latents in model space [B, C, h, w] to a picture [B, 3, H, W], about −1 … 1.</summary>
    public Tensor Decode(Tensor latents)
    {
        using var scope = NewDisposeScope();
        return Decoder.Forward(FromModelSpace(latents)).MoveToOuterDisposeScope();
    }

    /// <summary>From the space that the transformer works in back into the autoencoder's own.</summary>
    public Tensor FromModelSpace(Tensor latents)
    {
        using var unscaled = latents / Config.ScalingFactor;
        return unscaled + Config.ShiftFactor;
    }

    /// <summary>From the autoencoder's own space into the one that the transformer works in.</summary>
    public Tensor ToModelSpace(Tensor latents)
    {
        using var shifted = latents - Config.ShiftFactor;
        return shifted * Config.ScalingFactor;
    }
}
