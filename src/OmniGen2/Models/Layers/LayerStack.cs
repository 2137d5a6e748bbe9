using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Runs equal layers one after the other. Streamed, it fetches the next one's weights ahead and lets go of those behind.</summary>
internal sealed class LayerStack(WeightScope layers, int count, bool streamed)
{
    private readonly WeightStream _weights = new([.. Enumerable.Range(0, count).Select(i => layers[i].Region())], streamed);

    /// <summary>The input stays the caller's; what lies between two layers is freed.</summary>
    public Tensor Run(Tensor input, Func<Tensor, int, Tensor> layer)
    {
        var x = input;
        _weights.Walk(i =>
        {
            var next = layer(x, i);
            if (i > 0)
            {
                x.Dispose();
            }
            x = next;
        });
        return x;
    }
}
