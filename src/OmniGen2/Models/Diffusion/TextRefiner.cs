using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

// B batch · T text tokens · D width

/// <summary>Language features → context tokens. Depends on the prompt only: once per guidance branch, not per step.</summary>
internal sealed class TextRefiner
{
    private readonly TransformerConfig _config;
    private readonly RmsNorm _norm;
    private readonly Linear _embed;
    private readonly ContextBlock[] _blocks;
    private readonly WeightStream _weights;

    public TextRefiner(WeightScope weights, TransformerConfig config, bool streamed)
    {
        _config = config;
        var embedder = weights["time_caption_embed"]["caption_embedder"];
        _norm = embedder[0].RmsNorm(config.TextFeatDim, config.NormEps);
        _embed = embedder[1].Linear(config.TextFeatDim, config.HiddenSize, init: Init.Normal(0.02));
        _blocks = [.. Enumerable.Range(0, config.NumRefinerLayers).Select(i => new ContextBlock(weights["context_refiner"][i], config))];
        _weights = new WeightStream([.. _blocks.Select(b => b.Weights)], streamed);
    }

    public Tensor Forward(Tensor text, Action<string, Tensor>? record)
    {
        if (text.dim() != 3 || text.shape[1] == 0 || text.shape[2] != _config.TextFeatDim)
        {
            throw new ModelException($"Text features are [{string.Join(", ", text.shape)}], but the transformer reads [batch, tokens, {_config.TextFeatDim}]: the language model and the transformer must come from the same checkpoint.");
        }

        using var scope = torch.NewDisposeScope();
        var rotary = new Rotary(TokenPositions.Text((int)text.shape[1]), _config.AxesDimRope, text.device);
        var x = _embed.Forward(_norm.Forward(text));   // [B, T, D]
        record?.Invoke("caption_embed", x);
        _weights.Walk(i =>
        {
            x = _blocks[i].Forward(x, rotary);
            record?.Invoke($"context_refiner_{i}", x);
        });
        return x.MoveToOuterDisposeScope();
    }
}
