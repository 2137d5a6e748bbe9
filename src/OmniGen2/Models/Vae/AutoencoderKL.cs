using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>Turns pictures into latents, an eighth of the size in 16 channels, and back.</summary>
public sealed class AutoencoderKL
{
    /// <summary>Pixels to a latent, in each direction.</summary>
    public const int Scale = 8;

    /// <summary>From this width on, convolutions are a fifth faster when the channels of a pixel lie together; below, slower.</summary>
    private const int ChannelsLastWidth = 64;

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
        using var laidOut = LayOut(image);
        using var moments = Encoder.Forward(laidOut);
        return Posterior.FromMoments(moments);
    }

    /// <summary>Latents in model space [B, C, h, w] to a picture [B, 3, H, W], about −1 … 1.</summary>
    public Tensor Decode(Tensor latents)
    {
        using var scope = NewDisposeScope();
        return Decoder.Forward(LayOut(FromModelSpace(latents))).MoveToOuterDisposeScope();
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

    private Tensor LayOut(Tensor x) => Config.BlockChannels[0] >= ChannelsLastWidth ? Accelerator.ChannelsLast(x) : x.alias();
}
