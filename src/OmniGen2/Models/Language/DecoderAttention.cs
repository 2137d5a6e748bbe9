using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

// B batch · S tokens · D width · H query heads · K key heads · E head size

/// <summary>Causal self-attention with grouped key heads; with a cache the tokens go on where it ends, with a mask they see what it allows instead.</summary>
internal sealed class DecoderAttention(WeightScope weights, QwenConfig config)
{
    private readonly BlockLinear _query = weights["q_proj"].BlockLinear(config.HiddenSize, config.Heads * config.HeadSize, bias: true);
    private readonly BlockLinear _key = weights["k_proj"].BlockLinear(config.HiddenSize, config.KeyHeads * config.HeadSize, bias: true);
    private readonly BlockLinear _value = weights["v_proj"].BlockLinear(config.HiddenSize, config.KeyHeads * config.HeadSize, bias: true);
    private readonly BlockLinear _out = weights["o_proj"].BlockLinear(config.Heads * config.HeadSize, config.HiddenSize);
    private readonly double _scale = 1 / Math.Sqrt(config.HeadSize);

    public Tensor Forward(Tensor x, HalfRotary rotary, IKeyValues? cache, Action<string, Tensor>? record, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = (_query.Forward(x), _key.Forward(x), _value.Forward(x));
        var (q, k, v) = (rotary.Turn(Heads(query)), rotary.Turn(Heads(key)), Heads(value));    // [B, H, S, E], [B, K, S, E]
        record?.Invoke("lm.layer0.q", query);
        record?.Invoke("lm.layer0.k", key);
        record?.Invoke("lm.layer0.v", value);
        record?.Invoke("lm.layer0.q_rotated", q);
        record?.Invoke("lm.layer0.k_rotated", k);

        (k, v) = cache?.Append(k, v) ?? (k, v);
        var attended = mask is null ? ChunkedAttention.AttendCausally(q, k, v, _scale) : Attention.Attend(q, k, v, mask, _scale);
        return _out.Forward(attended.transpose(1, 2).flatten(2)).MoveToOuterDisposeScope();    // [B, S, D]
    }

    private Tensor Heads(Tensor x) => x.unflatten(-1, -1, config.HeadSize).transpose(1, 2);
}
