using System.Numerics;
using OmniGen2.Models.Layers;
using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>
/// The one <see cref="TokenStep"/> of a model, lent to one answer at a time. Whoever goes on with another answer takes it over: the first one's tokens go
/// back to its own caches, the second one's come here. The buffers hold a power of two of tokens; an answer that outgrows them moves into larger ones.
/// </summary>
internal sealed class AnswerDecoder(LanguageModel model, GraphPolicy policy) : IDisposable
{
    private const int SmallestRoom = 256;

    // Looking at places without a token costs time: buffers that are too large by this are left.
    private const int Spare = 4;

    private TokenStep? _step;
    private LanguageState? _owner;
    private long _held;

    /// <summary>Places of the buffers; 0 where there are none.</summary>
    public int Room => _step?.Room ?? 0;

    /// <summary>A token of an answer: its hidden state [1, D], and logits [1, V] of what may follow it.</summary>
    public (Tensor Hidden, Tensor Logits) Next(LanguageState state, int id, int position)
    {
        if (_owner != state || _held < state.Length || state.Length == Room)
        {
            TakeOver(state);
        }

        var results = _step!.Run(id, position, state.Length);
        state.Lent++;
        _held = state.Length;
        return results;
    }

    /// <summary>Lets go of the buffers; an answer that was going on finds its tokens in its own caches.</summary>
    public void Dispose()
    {
        GiveBack();
        _step?.Dispose();
        (_step, _owner) = (null, null);
    }

    private void TakeOver(LanguageState state)
    {
        GiveBack();
        var room = RoomFor(state.Length + 1);
        if (room > Room || room * Spare <= Room)
        {
            _step?.Dispose();
            _step = null;
            _step = new TokenStep(model, state.Caches, room, policy);
        }

        _step!.Load(state.Caches);
        (_owner, _held) = (state, state.Length);
    }

    private void GiveBack()
    {
        if (_owner is { Lent: > 0 } owner)
        {
            _step!.Give(owner.Caches, owner.Lent);
            owner.Lent = 0;
        }

        _owner = null;
    }

    private static int RoomFor(long tokens) => (int)Math.Max(SmallestRoom, BitOperations.RoundUpToPowerOf2((ulong)tokens));
}
