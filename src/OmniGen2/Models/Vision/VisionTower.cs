using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Vision;

// P patches · U = P/4 tokens · D width · E head size · O width of the language model

/// <summary>Turns pictures into tokens of the language model. Patches attend within their window, in a few blocks within their whole picture.</summary>
public sealed class VisionTower
{
    private const double RopeTheta = 10000;

    private readonly VisionConfig _config;
    private readonly Tensor _patchEmbed;
    private readonly VisionBlock[] _blocks;
    private readonly LayerStack _stack;
    private readonly PatchMerger _merger;

    public VisionTower(WeightScope weights, VisionConfig config, bool streamed = false)
    {
        _config = config;
        _patchEmbed = weights["patch_embed"]["proj"].Parameter("weight", config.HiddenSize, config.Channels, config.TemporalPatchSize, config.PatchSize, config.PatchSize);
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(i => new VisionBlock(weights["blocks"][i], config))];
        _stack = new LayerStack(weights["blocks"], config.Layers, streamed);
        _merger = new PatchMerger(weights["merger"], config);
    }

    /// <summary>Patches [P, values] of all pictures, one after the other, to their tokens [U, O].</summary>
    public Tensor Forward(Tensor patches, VisionLayout layout, Action<string, Tensor>? record = null)
    {
        using var scope = NewDisposeScope();
        var x = linear(patches.to(_patchEmbed.device).to_type(_patchEmbed.dtype), _patchEmbed.flatten(1));    // [P, D]
        record?.Invoke("vision.patch_embed", x);

        var order = tensor(layout.Order.Select(i => (long)i).ToArray(), device: x.device);
        x = x.unflatten(0, -1, _config.PatchesPerToken).index_select(0, order).flatten(0, 1);
        x = _merger.Forward(Blocks(x, layout, record), record);                                               // [U, O], in window order
        record?.Invoke("vision.merger.windowed", x);

        x = x.index_select(0, order.argsort());
        record?.Invoke("vision.out", x);
        return x.MoveToOuterDisposeScope();
    }

    private Tensor Blocks(Tensor x, VisionLayout layout, Action<string, Tensor>? record)
    {
        var rotary = Rotary(layout, x.device, record);
        return _stack.Run(x, (x, i) =>
        {
            var runs = _config.FullAttentionLayers.Contains(i) ? layout.Images : layout.Windows;
            var next = _blocks[i].Forward(x, rotary, runs, i == 0 ? record : null);
            record?.Invoke($"vision.block.{i}", next);
            return next;
        });
    }

    /// <summary>The first half of the pairs turns with a patch's row, the second with its column.</summary>
    private HalfRotary Rotary(VisionLayout layout, Device device, Action<string, Tensor>? record)
    {
        var frequencies = tensor(HalfRotary.Frequencies(RopeTheta, _config.HeadSize / 2), device: device);
        var angles = cat([Column(layout.Rows) * frequencies, Column(layout.Columns) * frequencies], -1);     // [P, E/2]
        // The turn is computed in fp32 even in a bf16 model, as in the original, but never in less than the model.
        var wide = _patchEmbed.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (cos, sin) = (angles.cos().to_type(wide), angles.sin().to_type(wide));
        record?.Invoke("vision.rope_cos", cat([cos, cos], -1));
        record?.Invoke("vision.rope_sin", cat([sin, sin], -1));
        return new HalfRotary(cos.unsqueeze(1), sin.unsqueeze(1));

        Tensor Column(IReadOnlyList<int> positions) => tensor(positions.Select(p => (float)p).ToArray(), device: device).unsqueeze(1);
    }
}
