using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>
/// Cuts text into the pieces that merges never cross, by the rule of Qwen's pattern but over whole Unicode scalars: .NET's expressions see
/// UTF-16 halves, to which no letter beyond U+FFFF is a letter.
/// </summary>
/// <remarks>
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N} | ?[^\s\p{L}\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+</c>
/// </remarks>
internal static class QwenPieces
{
    private const char LongS = '\u017F';

    /// <summary>Length in chars of the first piece of a text that is not empty. Every piece costs time in proportion to its length.</summary>
    public static int FirstLength(ReadOnlySpan<char> text)
    {
        var first = FirstRune(text);
        if (first.Value == '\'' && Contraction(text) is var contraction and > 0)
        {
            return contraction;
        }

        if (Word(text, first) is var word and > 0)
        {
            return word;
        }

        if (Rune.IsNumber(first))
        {
            return first.Utf16SequenceLength;
        }

        return Punctuation(text) is var punctuation and > 0 ? punctuation : Spaces(text);
    }

    // Case folding counts the long s as an s, and nothing else outside ASCII as one of these letters.
    private static int Contraction(ReadOnlySpan<char> text)
    {
        var one = text.Length > 1 ? Lower(text[1]) : '\0';
        var two = text.Length > 2 ? Lower(text[2]) : '\0';
        return (one, two) switch
        {
            ('s' or 't' or 'm' or 'd', _) => 2,
            ('r' or 'v', 'e') or ('l', 'l') => 3,
            _ => 0,
        };
    }

    private static char Lower(char c) => c == LongS ? 's' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    private static int Word(ReadOnlySpan<char> text, Rune first)
    {
        if (Rune.IsLetter(first))
        {
            return Run(text, 0, Rune.IsLetter);
        }

        if (IsNewline(first) || Rune.IsNumber(first))
        {
            return 0;
        }

        var lead = first.Utf16SequenceLength;
        var end = Run(text, lead, Rune.IsLetter);
        return end > lead ? end : 0;
    }

    private static int Punctuation(ReadOnlySpan<char> text)
    {
        var start = text[0] == ' ' ? 1 : 0;
        var end = Run(text, start, IsOther);
        return end > start ? Run(text, end, IsNewline) : 0;
    }

    private static int Spaces(ReadOnlySpan<char> text)
    {
        var run = Run(text, 0, Rune.IsWhiteSpace);
        var newline = text[..run].LastIndexOfAny('\r', '\n');
        if (newline >= 0)
        {
            return newline + 1;
        }

        // The last space before a word belongs to the word's piece. All white space lies below U+10000: a char is a scalar here.
        return run == text.Length || run == 1 ? run : run - 1;
    }

    private static int Run(ReadOnlySpan<char> text, int from, Func<Rune, bool> belongs)
    {
        while (from < text.Length && FirstRune(text[from..]) is var rune && belongs(rune))
        {
            from += rune.Utf16SequenceLength;
        }

        return from;
    }

    private static Rune FirstRune(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        return rune;
    }

    private static bool IsNewline(Rune rune) => rune.Value is '\r' or '\n';

    private static bool IsOther(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsLetter(rune) && !Rune.IsNumber(rune);
}
