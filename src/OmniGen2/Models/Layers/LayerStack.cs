using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Runs equal layers one after the other. Streamed, it fetches the next one's weights ahead and lets go of those behind.</summary>
internal sealed class LayerStack(WeightScope layers, int count, bool streamed)
{
    private readonly WeightRegion[] _regions = [.. Enumerable.Range(0, count).Select(i => layers[i].Region())];

    /// <summary>The input stays the caller's; what lies between two layers is freed.</summary>
    public Tensor Run(Tensor input, Func<Tensor, int, Tensor> layer)
    {
        var x = input;
        var streams = streamed || _regions.Any(r => r.Streams);
        for (var i = 0; i < _regions.Length; i++)
        {
            if (streams && i + 1 < _regions.Length)
            {
                _regions[i + 1].Prefetch();
            }
            var next = layer(x, i);
            if (streams)
            {
                _regions[i].Release();
            }
            if (i > 0)
            {
                x.Dispose();
            }
            x = next;
        }
        return x;
    }
}
