using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The tokenizers that recorded ids were made with, by the names that files call them; each is loaded once.</summary>
internal sealed class RecordedTokenizers(RecordedSet set)
{
    public const string Tiny = "tiny";

    private readonly Dictionary<string, Lazy<BytePairTokenizer>> _loaded = [];

    /// <summary>"tiny" belongs to the tiny checkpoint, any other lies below tokenizer/.</summary>
    public BytePairTokenizer this[string name]
    {
        get
        {
            if (!_loaded.TryGetValue(name, out var tokenizer))
            {
                tokenizer = new Lazy<BytePairTokenizer>(() => BytePairTokenizer.Load(Locate(name)));
                _loaded.Add(name, tokenizer);
            }

            return tokenizer.Value;
        }
    }

    private string Locate(string name)
    {
        if (name == Tiny)
        {
            return set.Folder("tiny-omnigen2").ClaimBelow("processor");
        }

        return set.Has($"tokenizer/{name}") ? set.Folder("tokenizer").ClaimBelow(name) : throw new AbsentFolderException($"tokenizer/{name}");
    }
}
