using OmniGen2.Models.Layers;
using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

// T places · D width · V vocabulary

/// <summary>
/// One token of an answer through the layers in a form that can be recorded: the token, its position and its place are tensors that stay where they
/// are, keys and values lie in buffers of a fixed size, and attention looks at all of them, those without a token hidden by a mask.
/// </summary>
internal sealed class TokenStep : IDisposable
{
    private readonly LanguageModel _model;
    private readonly RecordedStep _step;
    private readonly FixedCache[] _caches;
    private readonly Tensor _id;            // [1, 1]
    private readonly Tensor _position;      // [1]
    private readonly Tensor _place;         // [1]
    private readonly Tensor _places;        // [1, 1, 1, T]: 0, 1, 2 …
    private readonly Tensor _frequencies;   // [E/2]

    /// <param name="model">Whose layers.</param>
    /// <param name="like">Caches of the sizes that the buffers shall have.</param>
    /// <param name="room">Places in the buffers.</param>
    /// <param name="policy">Whether to record.</param>
    public TokenStep(LanguageModel model, LayerCache[] like, int room, GraphPolicy policy)
    {
        using var scope = NewDisposeScope();
        (_model, Room) = (model, room);
        var device = model.Device;
        _id = zeros([1, 1], dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        _position = zeros([1], dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        _place = zeros([1], dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        _places = arange(room, dtype: ScalarType.Int64, device: device).view(1, 1, 1, -1).DetachFromDisposeScope();
        _frequencies = model.Frequencies().DetachFromDisposeScope();
        _caches = [.. like.Select(c => new FixedCache(c, room, _place))];
        _step = new RecordedStep(policy, Forward);
    }

    public int Room { get; }

    /// <summary>Hidden state [1, D] behind the final norm and logits [1, V] in fp32, in the current scope.</summary>
    /// <param name="id">The token.</param>
    /// <param name="position">Where its rotary angles stand.</param>
    /// <param name="place">In the buffers: as many tokens are before it.</param>
    public (Tensor Hidden, Tensor Logits) Run(int id, int position, long place)
    {
        _id.fill_(id);
        _position.fill_(position);
        _place.fill_(place);
        var results = _step.Run();
        return (results[0], results[1]);
    }

    /// <summary>Takes over all tokens of other caches.</summary>
    public void Load(LayerCache[] from) => Each(from, (own, other) => own.Load(other));

    /// <summary>Gives other caches the tokens that follow those that they have.</summary>
    public void Give(LayerCache[] to, long count) => Each(to, (own, other) => own.Give(other, count));

    public void Dispose()
    {
        _step.Dispose();
        foreach (var cache in _caches)
        {
            cache.Dispose();
        }

        foreach (var tensor in new[] { _id, _position, _place, _places, _frequencies })
        {
            tensor.Dispose();
        }
    }

    // Reads nothing that changes but the tensors' contents.
    private IReadOnlyList<Tensor> Forward()
    {
        using var scope = NewDisposeScope();
        var embedding = _model.Embed(_id);                                        // [1, 1, D]
        var mask = Attention.Bias(_places.le(_place), embedding.dtype);          // [1, 1, 1, T]
        var hidden = _model.Forward(embedding, _model.Rotary(_position, _frequencies), _caches, null, mask).squeeze(0);
        return [hidden.MoveToOuterDisposeScope(), _model.Logits(hidden).MoveToOuterDisposeScope()];
    }

    private void Each(LayerCache[] others, Action<FixedCache, LayerCache> act)
    {
        foreach (var (own, other) in _caches.Zip(others))
        {
            act(own, other);
        }
    }
}
