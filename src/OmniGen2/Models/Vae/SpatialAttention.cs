using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Vae;

/// <summary>One head that lets every position of the smallest feature map see all others.</summary>
// B batch · C channels · h, w feature map · S = h·w positions
internal sealed class SpatialAttention(WeightScope weights, long channels, VaeConfig config)
{
    /// <summary>Queries at a time: at 1024² the whole score matrix would take 1 GiB.</summary>
    private const long QueryChunk = 2048;

    private readonly GroupNorm _norm = weights["group_norm"].GroupNorm(config.NormGroups, channels, VaeConfig.NormEpsilon);
    private readonly Linear _query = weights["to_q"].Linear(channels, channels);
    private readonly Linear _key = weights["to_k"].Linear(channels, channels);
    private readonly Linear _value = weights["to_v"].Linear(channels, channels);
    private readonly Linear _out = weights["to_out"][0].Linear(channels, channels);
    private readonly double _scale = 1 / Math.Sqrt(channels);

    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var tokens = _norm.Forward(x).flatten(2).transpose(1, 2).contiguous();      // [B, S, C]
        var k = _key.Forward(tokens).unsqueeze(1);                                  // [B, 1, S, C]
        var v = _value.Forward(tokens).unsqueeze(1);
        var q = _query.Forward(tokens).unsqueeze(1);
        var parts = q.split(QueryChunk, 2).Select(part => Attention.Attend(part, k, v, null, _scale));
        var attended = cat([.. parts], 2).squeeze(1);                               // [B, S, C]
        var h = _out.Forward(attended).transpose(1, 2).reshape(x.shape);            // [B, C, h, w]
        return (x + h).MoveToOuterDisposeScope();
    }
}
