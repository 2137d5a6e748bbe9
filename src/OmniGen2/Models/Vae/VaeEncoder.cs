using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Vae;

/// <summary>Pixels to the moments (mean, log-variance) of the latents, one eighth the size.</summary>
internal sealed class VaeEncoder
{
    public VaeEncoder(WeightScope weights, VaeConfig config)
    {
        var width = config.BlockChannels[^1];
        Parts =
        [
            ("conv_in", weights["conv_in"].Conv2d(config.ImageChannels, config.BlockChannels[0], kernel: 3, padding: 1).Forward),
            .. config.BlockChannels.Select((_, i) => ($"down_block_{i}", (Func<Tensor, Tensor>)new Level(weights["down_blocks"][i], i, config).Forward)),
            .. MidBlock.Parts(weights["mid_block"], config),
            ("moments", new NormConv(weights, "conv_norm_out", "conv_out", width, 2 * config.LatentChannels, config).Forward),
        ];
    }

    /// <summary>What runs, in order; <see cref="Forward"/> is their sequence.</summary>
    public IReadOnlyList<(string Name, Func<Tensor, Tensor> Forward)> Parts { get; }

    public Tensor Forward(Tensor image) => Sequence.Run(image, Parts.Select(p => p.Forward));

    /// <summary>Resnets at one resolution, then half of it.</summary>
    private sealed class Level
    {
        private readonly List<Func<Tensor, Tensor>> _parts = [];

        public Level(WeightScope weights, int index, VaeConfig config)
        {
            var channels = config.BlockChannels[index];
            for (var i = 0; i < config.LayersPerBlock; i++)
            {
                var inChannels = i == 0 ? config.BlockChannels[Math.Max(0, index - 1)] : channels;
                _parts.Add(new ResnetBlock(weights["resnets"][i], inChannels, channels, config).Forward);
            }

            if (index < config.BlockChannels.Count - 1)
            {
                var downsample = weights["downsamplers"][0]["conv"].Conv2d(channels, channels, kernel: 3, stride: 2);
                _parts.Add(x => Halve(x, downsample));
            }
        }

        public Tensor Forward(Tensor x) => Sequence.Run(x, _parts);

        // The original pads on the right and below only.
        private static Tensor Halve(Tensor x, Conv2d downsample)
        {
            using var padded = pad(x, [0, 1, 0, 1]);
            return downsample.Forward(padded);
        }
    }
}
