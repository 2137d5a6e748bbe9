using OmniGen2.Models.Layers;
using OmniGen2.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OmniGen2.Models.Language;

// B batch · S tokens · D width · E head size · V vocabulary

/// <summary>Qwen's decoder: ids to embeddings, embeddings to hidden states, hidden states to logits.</summary>
public sealed class LanguageModel
{
    /// <summary>A streamed output layer, 600 MB at the released size, is in memory a fifth at a time.</summary>
    private const int StreamedParts = 5;

    /// <summary>
    /// Tokens that go through a layer together when a prompt is read for answers. Products of other sizes round otherwise, so a prompt that goes
    /// on where another one stood has the same numbers as one that is read from the beginning only if both cut at the same places.
    /// </summary>
    internal const int PromptChunk = 64;

    private readonly QwenConfig _config;
    private readonly Embedding _embedding;
    private readonly DecoderLayer[] _layers;
    private readonly LayerStack _stack;
    private readonly QwenNorm _norm;
    private readonly Tensor _head;
    private readonly WeightRegion _embeddingRegion;
    private readonly WeightRegion _headRegion;
    private readonly bool _streamed;

    /// <param name="weights">Where embed_tokens, layers and norm are.</param>
    /// <param name="head">Where an output layer may be; without one the embedding serves as it.</param>
    /// <param name="config">Sizes; that of the vocabulary is taken from the embedding where there is a file.</param>
    /// <param name="streamed">Whether layers let go of their mapped weights after use.</param>
    public LanguageModel(WeightScope weights, WeightScope head, QwenConfig config, bool streamed = false)
    {
        _config = config;
        var embedding = weights["embed_tokens"];
        VocabSize = embedding.ShapeOf("weight")?[0] ?? config.VocabSize;
        _embedding = embedding.Embedding(VocabSize, config.HiddenSize);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(i => new DecoderLayer(weights["layers"][i], config))];
        _stack = new LayerStack(weights["layers"], config.Layers, streamed);
        _norm = new QwenNorm(weights["norm"], config.HiddenSize, config.NormEps);
        var tied = !head.Has("weight");
        _head = tied ? _embedding.Weight : head.Parameter("weight", VocabSize, config.HiddenSize);
        _embeddingRegion = embedding.Table(StreamedParts);
        _headRegion = tied ? _embeddingRegion : head.Table(StreamedParts);
        _streamed = streamed;
    }

    public long VocabSize { get; }

    public Device Device => _embedding.Weight.device;

    /// <summary>Ids [B, S] to embeddings [B, S, D].</summary>
    public Tensor Embed(Tensor ids) => _embeddingRegion.Rows(ids) ?? _embedding.Forward(ids);

    /// <summary>Embeddings [B, S, D] to hidden states [B, S, D], the final norm included. Rows padded on the right need no mask: nothing looks ahead. One is for tokens that shall not see all that lies before them; [B, 1, S, S], as <see cref="Attention.Attend"/> takes it.</summary>
    internal Tensor Forward(Tensor embeddings, HalfRotary rotary, IReadOnlyList<IKeyValues>? caches, Action<string, Tensor>? record, Tensor? mask = null)
    {
        using var scope = NewDisposeScope();
        record?.Invoke("hidden.0", embeddings);
        var x = _stack.Run(embeddings, (x, i) =>
        {
            var next = caches is null || record is not null || mask is not null
                ? _layers[i].Forward(x, rotary, caches?[i], i == 0 ? record : null, mask)
                : InChunks(_layers[i], x, rotary, caches[i]);
            record?.Invoke(i + 1 < _layers.Length ? $"hidden.{i + 1}" : "lm.last_layer_before_norm", next);
            return next;
        });
        x = _norm.Forward(x);
        record?.Invoke($"hidden.{_layers.Length}", x);
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Hidden states […, D] to logits […, V] in fp32.</summary>
    public Tensor Logits(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var logits = _streamed || _headRegion.Streams ? cat([.. _headRegion.InRows(_head, rows => linear(hidden, rows))], -1) : linear(hidden, _head);
        return logits.to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Each frequency follows the token's time, row or column. Angles are fp32; the turn happens in the model's own type, as in the original
    /// (a difference that bf16 features show).
    /// </summary>
    internal HalfRotary Rotary(IReadOnlyList<TokenPositions> rows, Action<string, Tensor>? record)
    {
        using var scope = NewDisposeScope();
        var frequencies = Frequencies();
        var positions = rows.SelectMany(r => r.Time).Concat(rows.SelectMany(r => r.Rows)).Concat(rows.SelectMany(r => r.Columns)).Select(p => (float)p).ToArray();
        var angles = tensor(positions, device: Device).view(3, rows.Count, -1, 1) * frequencies;    // [3, B, S, E/2]
        var (cos, sin) = (angles.cos().to_type(_embedding.Weight.dtype), angles.sin().to_type(_embedding.Weight.dtype));
        record?.Invoke("lm.rope_cos", cat([cos, cos], -1));
        record?.Invoke("lm.rope_sin", cat([sin, sin], -1));
        return new HalfRotary(Pick(cos).MoveToOuterDisposeScope(), Pick(sin).MoveToOuterDisposeScope());

        Tensor Pick(Tensor axes)
        {
            var sections = axes.split([.. _config.RopeSections.Select(s => (long)s)], -1);
            return cat([.. sections.Select((section, axis) => section[axis])], -1).unsqueeze(1);         // [B, 1, S, E/2]
        }
    }

    /// <summary>Of the rotary angles, [E/2].</summary>
    internal Tensor Frequencies() => tensor(HalfRotary.Frequencies(_config.RopeTheta, _config.HeadSize), device: Device);

    /// <summary>The angles of one token of an answer, which stands at the same place on all axes, from a position [1] that only the device knows.</summary>
    internal HalfRotary Rotary(Tensor position, Tensor frequencies)
    {
        using var scope = NewDisposeScope();
        var angles = (position * frequencies).view(1, 1, 1, -1);
        var type = _embedding.Weight.dtype;
        return new HalfRotary(angles.cos().to_type(type).MoveToOuterDisposeScope(), angles.sin().to_type(type).MoveToOuterDisposeScope());
    }

    /// <summary>A layer over the tokens chunk by chunk: its weights are walked over once all the same, and the scores stay small.</summary>
    private static Tensor InChunks(DecoderLayer layer, Tensor x, HalfRotary rotary, IKeyValues cache)
    {
        var tokens = x.shape[1];
        if (tokens <= PromptChunk)
        {
            return layer.Forward(x, rotary, cache, null);
        }

        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var start = 0L; start < tokens; start += PromptChunk)
        {
            var count = Math.Min(PromptChunk, tokens - start);
            parts.Add(layer.Forward(x.narrow(1, start, count), rotary.Of(start, count), cache, null));
        }

        return cat(parts, 1).MoveToOuterDisposeScope();
    }
}
