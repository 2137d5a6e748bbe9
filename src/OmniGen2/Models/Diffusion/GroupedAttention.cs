using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

// B batch · S tokens · N tokens that ask · D width · H query heads · K key heads · E channels of a head

/// <summary>Attention of all tokens among each other: queries and keys normalised per head, then turned by their positions.</summary>
internal sealed class GroupedAttention
{
    // The head norms do not follow norm_eps of the configuration.
    private const double HeadNormEps = 1e-5;

    private readonly int _heads;
    private readonly int _keyHeads;
    private readonly int _headSize;
    private readonly BlockLinear _query;
    private readonly BlockLinear _key;
    private readonly BlockLinear _value;
    private readonly BlockLinear _out;
    private readonly RmsNorm _queryNorm;
    private readonly RmsNorm _keyNorm;

    public GroupedAttention(WeightScope weights, TransformerConfig config)
    {
        (_heads, _keyHeads, _headSize) = (config.NumAttentionHeads, config.NumKvHeads, config.HeadSize);
        var width = config.HiddenSize;
        _query = weights["to_q"].BlockLinear(width, _heads * _headSize);
        _key = weights["to_k"].BlockLinear(width, _keyHeads * _headSize);
        _value = weights["to_v"].BlockLinear(width, _keyHeads * _headSize);
        _out = weights["to_out"][0].BlockLinear(_heads * _headSize, width);
        _queryNorm = weights["norm_q"].RmsNorm(_headSize, HeadNormEps);
        _keyNorm = weights["norm_k"].RmsNorm(_headSize, HeadNormEps);
    }

    /// <summary>Answers for the last <paramref name="kept"/> tokens; every token is seen.</summary>
    public Tensor Forward(Tensor x, Rotary rotary, long kept)
    {
        using var scope = torch.NewDisposeScope();
        var asking = x.narrow(1, x.shape[1] - kept, kept);                      // [B, N, D]
        var q = _query.Forward(asking).unflatten(-1, _heads, _headSize);        // [B, N, H, E]
        var k = _key.Forward(x).unflatten(-1, _keyHeads, _headSize);            // [B, S, K, E]
        var v = _value.Forward(x).unflatten(-1, _keyHeads, _headSize);          // [B, S, K, E]
        q = rotary.Turn(q.transpose(1, 2), _queryNorm);                         // [B, H, N, E]
        k = rotary.Turn(k.transpose(1, 2), _keyNorm);                           // [B, K, S, E]
        var mixed = Attention.Attend(q, k, v.transpose(1, 2), scale: 1 / Math.Sqrt(_headSize));
        return _out.Forward(mixed.transpose(1, 2).flatten(2)).MoveToOuterDisposeScope();   // [B, N, D]
    }
}
