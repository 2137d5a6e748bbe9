using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Vae;

/// <summary>GroupNorm, SiLU, 3×3 convolution: the unit that all blocks are made of.</summary>
internal sealed class NormConv(WeightScope weights, string norm, string conv, long inChannels, long outChannels, VaeConfig config)
{
    private readonly GroupNorm _norm = weights[norm].GroupNorm(config.NormGroups, inChannels, VaeConfig.NormEpsilon);
    private readonly Conv2d _conv = weights[conv].Conv2d(inChannels, outChannels, kernel: 3, padding: 1);

    // At the last resolution each of these is half a gigabyte, so they go as soon as they have been used.
    public Tensor Forward(Tensor x)
    {
        if (Bands.Suit(x, config.LargestMap))
        {
            return Bands.NormSiluConv(x, _norm, _conv, config.LargestMap);
        }

        using var normed = _norm.Forward(x);
        using var activated = silu(normed);
        return _conv.Forward(activated);
    }
}
