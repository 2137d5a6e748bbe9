using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>A prompt that has been read: its hidden states, and the keys and values from which answers go on. Lives outside dispose scopes until it is disposed.</summary>
public sealed class LanguageState : IDisposable
{
    private readonly int _imagePadId;

    internal LanguageState(QwenPrompt prompt, Tensor hidden, LayerCache[] caches, QwenConfig config)
    {
        PromptIds = prompt.Ids;
        NextPosition = TokenPositions.Of(prompt, config).Next;
        Hidden = hidden;
        Caches = caches;
        _imagePadId = config.ImagePadId;
    }

    public IReadOnlyList<int> PromptIds { get; }

    /// <summary>Position of the first token of an answer; with pictures it is less than the number of tokens.</summary>
    public int NextPosition { get; }

    /// <summary>Hidden states of all tokens after the final norm, [S, D].</summary>
    public Tensor Hidden { get; }

    /// <summary>Memory that the state holds.</summary>
    public long Bytes => Caches.Sum(c => c.Bytes) + (Hidden.numel() * Hidden.element_size());

    internal LayerCache[] Caches { get; }

    /// <summary>Tokens of prompt and answer that have gone through the layers.</summary>
    internal long Length => Caches[0].Length + Lent;

    /// <summary>Tokens of the answer whose keys and values an <see cref="AnswerDecoder"/> has, and the caches have not.</summary>
    internal long Lent { get; set; }

    /// <summary>What the diffusion transformer gets of a prompt with pictures: hidden states [T, D] of all tokens but the pictures' own.</summary>
    public Tensor Features()
    {
        using var scope = NewDisposeScope();
        var kept = Enumerable.Range(0, PromptIds.Count).Where(i => PromptIds[i] != _imagePadId).Select(i => (long)i).ToArray();
        return Hidden.index_select(0, tensor(kept, device: Hidden.device)).MoveToOuterDisposeScope();
    }

    /// <summary>Forgets an answer, so that the next one starts at the prompt again.</summary>
    internal void Rewind()
    {
        Lent = 0;
        foreach (var cache in Caches)
        {
            cache.Truncate(PromptIds.Count);
        }
    }

    public void Dispose()
    {
        Lent = 0;
        Hidden.Dispose();
        foreach (var cache in Caches)
        {
            cache.Dispose();
        }
    }
}
