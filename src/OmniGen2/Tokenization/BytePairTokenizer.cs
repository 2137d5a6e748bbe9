using System.Runtime.InteropServices;
using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>Qwen's byte-level BPE: text to ids and back. Safe to use from several threads.</summary>
public sealed class BytePairTokenizer
{
    private readonly byte[]?[] _bytes;
    private readonly BytePairMerges _merges;
    private readonly AddedTokens _added;
    private readonly PieceCache _cache = new();
    private readonly string _folder;

    private BytePairTokenizer(string folder, byte[]?[] bytes, BytePairMerges merges, AddedTokens added, string? pad)
    {
        _folder = folder;
        _bytes = bytes;
        _merges = merges;
        _added = added;
        PadId = IdOf(pad ?? "<|endoftext|>");
    }

    /// <summary>One more than the highest id. The model's embedding may have more rows; ids beyond have no text.</summary>
    public int VocabularySize => _bytes.Length;

    public int PadId { get; }

    /// <summary>Reads a checkpoint's processor folder; files that do not fit together are an error here, not strange tokens later.</summary>
    public static BytePairTokenizer Load(string processorFolder)
    {
        Composition.Check();
        var folder = new TokenizerFolder(processorFolder);
        var vocabulary = Vocabulary.Load(folder);
        var special = new SpecialTokenFiles(folder);
        var bytes = VocabularyRules.BytesById(vocabulary, special.Added);
        var merges = VocabularyRules.Link(vocabulary, special.Added);
        return new(processorFolder, bytes, merges, new AddedTokens(special.Added), special.Pad);
    }

    /// <summary>The id of an added token such as <c>&lt;|im_end|&gt;</c>.</summary>
    public int IdOf(string addedToken) => _added.IdOf(addedToken)
        ?? throw new ModelException($"The tokenizer in '{_folder}' has no token '{addedToken}': use the processor folder of an OmniGen2 checkpoint.");

    public bool IsSpecial(int id) => _added.IsSpecial(id);

    /// <summary>The bytes an id stands for: none for an id outside the vocabulary, not always whole characters for the others.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : [];

    /// <summary>Encodes what a person wrote: nothing in it becomes a special token.</summary>
    public int[] EncodePlain(string text) => Encode(PromptText.OfPlain(text));

    /// <summary>Encodes our own text, as the original encodes all text: special tokens in it are special.</summary>
    public int[] EncodeTrusted(string text) => Encode(PromptText.OfTrusted(text));

    public int[] Encode(PromptText prompt)
    {
        var ids = new List<int>();
        var text = prompt.Text;
        var done = 0;
        foreach (var (start, token) in _added.FindIn(text, prompt.TrustedRuns))
        {
            EncodeBetween(text[done..start], ids);
            ids.Add(token.Id);
            done = start + token.Content.Length;
        }

        EncodeBetween(text[done..], ids);
        return [.. ids];
    }

    /// <summary>Ids back to text. Bytes that are not UTF-8 give one U+FFFD for each maximal invalid part.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecial = false)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            if (!(skipSpecial && IsSpecial(id)))
            {
                bytes.AddRange(BytesOf(id));
            }
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    private void EncodeBetween(string text, List<int> ids)
    {
        var rest = Composition.Compose(text).AsSpan();
        while (rest.Length > 0)
        {
            var length = QwenPieces.FirstLength(rest);
            EncodePiece(rest[..length], ids);
            rest = rest[length..];
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_cache.TryGet(piece, out var known))
        {
            ids.AddRange(known);
            return;
        }

        var start = ids.Count;
        var utf8 = new byte[Encoding.UTF8.GetByteCount(piece)];
        Encoding.UTF8.GetBytes(piece, utf8);
        _merges.Encode(utf8, ids);
        _cache.Add(piece, CollectionsMarshal.AsSpan(ids)[start..]);
    }
}
