using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>The bottom of both halves: resnet, attention, resnet.</summary>
internal static class MidBlock
{
    public static IEnumerable<(string Name, Func<Tensor, Tensor> Forward)> Parts(WeightScope weights, VaeConfig config)
    {
        var width = config.BlockChannels[^1];
        yield return ("mid_resnet", new ResnetBlock(weights["resnets"][0], width, width, config).Forward);
        if (config.HasMidAttention)
        {
            yield return ("mid_attention", new SpatialAttention(weights["attentions"][0], width, config).Forward);
        }

        yield return ("mid_block", new ResnetBlock(weights["resnets"][1], width, width, config).Forward);
    }
}
