using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>
/// Says whether an answer ends: when the text of its tail completes one of the strings within the last token, be it spelled out or a
/// special token, and even if that token runs on past the string's end.
/// </summary>
public sealed class StopStrings
{
    private readonly BytePairTokenizer _tokenizer;
    private readonly byte[][] _strings;
    private readonly int _longest;

    public StopStrings(BytePairTokenizer tokenizer, IEnumerable<string> strings)
    {
        _tokenizer = tokenizer;
        _strings = [.. strings.Select(Encoding.UTF8.GetBytes).Where(bytes => bytes.Length > 0)];
        _longest = _strings.Select(bytes => bytes.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>What ends an answer of the chat pipeline.</summary>
    public static IReadOnlyList<string> OfChat { get; } = ["<|im_end|>", "<|img|>", "<|endoftext|>"];

    /// <summary>Prompt and answer so far; only as many ids as the longest string can span are looked at.</summary>
    public bool EndAfter(IReadOnlyList<int> ids)
    {
        if (ids.Count == 0 || _longest == 0)
        {
            return false;
        }

        var last = _tokenizer.BytesOf(ids[^1]);
        var tail = Before(ids, _longest - 1);
        var before = tail.Length;
        Span<byte> text = [.. tail, .. last];
        foreach (var stop in _strings)
        {
            // From here on a match cannot end before the last token.
            var from = Math.Max(0, before - stop.Length + 1);
            if (text[from..].IndexOf(stop) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private byte[] Before(IReadOnlyList<int> ids, int wanted)
    {
        var tokens = new Stack<byte[]>();
        var length = 0;
        for (var i = ids.Count - 2; i >= 0 && length < wanted; i--)
        {
            tokens.Push(_tokenizer.BytesOf(ids[i]).ToArray());
            length += tokens.Peek().Length;
        }

        return [.. tokens.SelectMany(bytes => bytes)];
    }
}
