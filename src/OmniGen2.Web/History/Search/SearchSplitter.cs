namespace OmniGen2.Web.History;

/// <summary>Cuts a search into its parts: at spaces, except inside quotes. A quote that is not closed ends with the text.</summary>
internal static class SearchSplitter
{
    public static IEnumerable<Part> Split(string text)
    {
        var at = 0;
        while (Skip(text, ref at))
        {
            var start = at;
            var negated = text[at] == '-';
            at += negated ? 1 : 0;
            var key = Key(text, ref at);
            var value = Value(text, ref at);
            if (value.Length > 0 || key is not null)
            {
                yield return new Part(text[start..at].Trim(), key, negated, value);
            }
        }
    }

    private static bool Skip(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length;
    }

    /// <summary>Letters and a colon with something behind it, or a key that there is: "16:9" and "red:" are words.</summary>
    private static string? Key(string text, ref int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        if (end == at || end == text.Length || text[end] != ':')
        {
            return null;
        }

        var key = text[at..end].ToLowerInvariant();
        var isBare = end + 1 == text.Length || char.IsWhiteSpace(text[end + 1]);
        if (isBare && !SearchParser.Keys.Contains(key))
        {
            return null;
        }

        at = end + 1;
        return key;
    }

    private static string Value(string text, ref int at)
    {
        var start = at;
        if (at < text.Length && text[at] == '"')
        {
            var close = text.IndexOf('"', start + 1);
            at = close < 0 ? text.Length : close + 1;
            return text[(start + 1)..(close < 0 ? text.Length : close)].Trim();
        }

        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    /// <param name="Text">All of it, as typed.</param>
    /// <param name="Key">What stands before the colon, in small letters.</param>
    /// <param name="IsNegated">A minus stands before it.</param>
    /// <param name="Value">The rest, without quotes.</param>
    public sealed record Part(string Text, string? Key, bool IsNegated, string Value);
}
