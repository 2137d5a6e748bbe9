using OmniGen2.Models.Language;

namespace OmniGen2.Sampling;

/// <summary>
/// Conversations that the language model has read, so that the next turn of a thread, and the picture that a turn asks for, go on from the keys and
/// values that are there. The results are those of reading everything again, bit by bit. The one not used for longest goes first.
/// </summary>
internal sealed class ReadPrompts(Qwen language, PromptReader reader, long maxBytes) : IDisposable
{
    private readonly List<(PromptToRead Prompt, LanguageState State)> _kept = [];   // the latest last
    private bool _isDisposed;

    /// <summary>Tokens that did not have to be read again, in all.</summary>
    public long Reused { get; private set; }

    /// <summary>Memory of what is kept.</summary>
    public long Bytes => _kept.Sum(k => k.State.Bytes);

    /// <summary>Reads a conversation, for its features and for answers to it.</summary>
    /// <param name="prompt">What to read.</param>
    /// <param name="room">Tokens of answer to make room for.</param>
    public Lease Read(PromptToRead prompt, int room)
    {
        var (known, shared) = Longest(prompt);
        Reused += shared;
        return new Lease(this, prompt, language.Prefill(reader.Prepare(prompt), known, shared, room));
    }

    public void Dispose()
    {
        _isDisposed = true;
        _kept.ForEach(k => k.State.Dispose());
        _kept.Clear();
    }

    private (LanguageState? Known, int Shared) Longest(PromptToRead prompt)
    {
        var best = _kept.Select(k => (k.State, Shared: Usable(prompt, k.Prompt))).OrderByDescending(k => k.Shared).FirstOrDefault();
        return best.Shared > 0 ? (best.State, best.Shared) : (null, 0);
    }

    private int Usable(PromptToRead prompt, PromptToRead known)
    {
        var shared = prompt.SharedWith(known, language.Config.ImagePadId);
        return shared == prompt.Ids.Length && shared == known.Ids.Length ? shared : shared / LanguageModel.PromptChunk * LanguageModel.PromptChunk;
    }

    private void Keep(PromptToRead prompt, LanguageState state)
    {
        if (_isDisposed)
        {
            state.Dispose();
            return;
        }

        state.Rewind();
        Drop(k => k.Prompt.SharedWith(prompt, language.Config.ImagePadId) == k.Prompt.Ids.Length);
        _kept.Add((prompt, state));
        while (Bytes > maxBytes)
        {
            var oldest = _kept[0];
            Drop(k => ReferenceEquals(k.State, oldest.State));
        }
    }

    private void Drop(Predicate<(PromptToRead Prompt, LanguageState State)> which)
    {
        _kept.FindAll(which).ForEach(k => k.State.Dispose());
        _kept.RemoveAll(which);
    }

    /// <summary>A conversation in use. Nobody else changes its state meanwhile; afterwards it is kept for the next one.</summary>
    internal sealed class Lease(ReadPrompts owner, PromptToRead prompt, LanguageState state) : IDisposable
    {
        public LanguageState State => state;

        public void Dispose() => owner.Keep(prompt, state);
    }
}
