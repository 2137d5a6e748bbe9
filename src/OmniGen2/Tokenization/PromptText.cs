using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>
/// A prompt in parts, some the template's (trusted: special tokens in them are special) and some a person's (plain: never parsed). It is
/// normalised and cut as one text; only a token all of whose characters are trusted is recognised.
/// </summary>
public sealed class PromptText
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _trustedRuns = [];

    /// <summary>All parts joined. A lone surrogate, which no encoding can carry, has become U+FFFD.</summary>
    public string Text => _text.ToString();

    /// <summary>Where the trusted parts lie in <see cref="Text"/>, neighbours joined.</summary>
    internal IReadOnlyList<(int Start, int End)> TrustedRuns => _trustedRuns;

    public static PromptText OfTrusted(string text) => new PromptText().Trusted(text);

    public static PromptText OfPlain(string text) => new PromptText().Plain(text);

    public PromptText Trusted(string text)
    {
        var start = _text.Length;
        if (_trustedRuns is [.., var last] && last.End == start)
        {
            start = last.Start;
            _trustedRuns.RemoveAt(_trustedRuns.Count - 1);
        }

        Plain(text);
        _trustedRuns.Add((start, _text.Length));
        return this;
    }

    public PromptText Plain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _text.Append(rune);
        }

        return this;
    }
}
