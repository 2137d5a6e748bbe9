using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Vae;

/// <summary>Latents to pixels in −1 … 1, eight times the size.</summary>
internal sealed class VaeDecoder
{
    public VaeDecoder(WeightScope weights, VaeConfig config)
    {
        Parts =
        [
            ("conv_in", weights["conv_in"].Conv2d(config.LatentChannels, config.BlockChannels[^1], kernel: 3, padding: 1).Forward),
            .. MidBlock.Parts(weights["mid_block"], config),
            .. config.BlockChannels.Select((_, i) => ($"up_block_{i}", (Func<Tensor, Tensor>)new Level(weights["up_blocks"][i], i, config).Forward)),
            ("decoded", new NormConv(weights, "conv_norm_out", "conv_out", config.BlockChannels[0], config.ImageChannels, config).Forward),
        ];
    }

    /// <summary>What runs, in order; <see cref="Forward"/> is their sequence.</summary>
    public IReadOnlyList<(string Name, Func<Tensor, Tensor> Forward)> Parts { get; }

    public Tensor Forward(Tensor latents) => Sequence.Run(latents, Parts.Select(p => p.Forward));

    /// <summary>Resnets at one resolution, one more than the encoder has, then twice the size.</summary>
    private sealed class Level
    {
        private readonly List<Func<Tensor, Tensor>> _parts = [];

        public Level(WeightScope weights, int index, VaeConfig config)
        {
            var channels = config.BlockChannels[^(index + 1)];
            for (var i = 0; i <= config.LayersPerBlock; i++)
            {
                var inChannels = i == 0 ? config.BlockChannels[^Math.Max(1, index)] : channels;
                _parts.Add(new ResnetBlock(weights["resnets"][i], inChannels, channels, config).Forward);
            }

            if (index < config.BlockChannels.Count - 1)
            {
                var upsample = weights["upsamplers"][0]["conv"].Conv2d(channels, channels, kernel: 3, padding: 1);
                _parts.Add(x => Double(x, upsample, config.LargestMap));
            }
        }

        public Tensor Forward(Tensor x) => Sequence.Run(x, _parts);

        private static Tensor Double(Tensor x, Conv2d upsample, long largest)
        {
            if (Bands.Suit(x, largest / 4))
            {
                return Bands.EnlargeConv(x, upsample, largest);
            }

            using var enlarged = interpolate(x, scale_factor: [2, 2], mode: TorchSharp.torch.InterpolationMode.Nearest);
            return upsample.Forward(enlarged);
        }
    }
}
