using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>Attention and feed-forward, each after a norm and added to the stream.</summary>
internal sealed class DecoderLayer(WeightScope weights, QwenConfig config)
{
    private readonly QwenNorm _inputNorm = new(weights["input_layernorm"], config.HiddenSize, config.NormEps);
    private readonly DecoderAttention _attention = new(weights["self_attn"], config);
    private readonly QwenNorm _mlpNorm = new(weights["post_attention_layernorm"], config.HiddenSize, config.NormEps);
    private readonly GatedMlp _mlp = new(weights["mlp"], config.HiddenSize, config.IntermediateSize, bias: false);

    public Tensor Forward(Tensor x, HalfRotary rotary, IKeyValues? cache, Action<string, Tensor>? record, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        var normed = _inputNorm.Forward(x);
        var attended = _attention.Forward(normed, rotary, cache, record, mask);
        x = x + attended;
        var mlp = _mlp.Forward(_mlpNorm.Forward(x));
        record?.Invoke("lm.layer0.input_layernorm", normed);
        record?.Invoke("lm.layer0.attn", attended);
        record?.Invoke("lm.layer0.mlp", mlp);
        return (x + mlp).MoveToOuterDisposeScope();
    }
}
