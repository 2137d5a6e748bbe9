namespace OmniGen2.Web.History;

/// <summary>How a tag is written, whoever types it.</summary>
public static class TagName
{
    public const int Longest = 40;

    /// <summary>Small letters, hyphens for spaces; empty when nothing is left.</summary>
    public static string Of(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\t', '\n', '\r', '"', ',', '#', '\0'], StringSplitOptions.RemoveEmptyEntries);
        var tag = string.Join('-', words);
        return tag.Length > Longest ? tag[..Longest] : tag;
    }
}
