using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>Two convolutions, added to the input.</summary>
internal sealed class ResnetBlock
{
    private readonly NormConv _first;
    private readonly NormConv _second;
    private readonly Conv2d? _shortcut;

    public ResnetBlock(WeightScope weights, long inChannels, long outChannels, VaeConfig config)
    {
        _first = new NormConv(weights, "norm1", "conv1", inChannels, outChannels, config);
        _second = new NormConv(weights, "norm2", "conv2", outChannels, outChannels, config);
        _shortcut = inChannels == outChannels ? null : weights["conv_shortcut"].Conv2d(inChannels, outChannels, kernel: 1);
    }

    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = Sequence.Run(x, [_first.Forward, _second.Forward]);
        return ((_shortcut?.Forward(x) ?? x) + h).MoveToOuterDisposeScope();
    }
}
