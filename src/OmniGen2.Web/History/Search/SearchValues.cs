using System.Globalization;

namespace OmniGen2.Web.History;

/// <summary>The values of those keys that have values of their own: each becomes a mark of the view PictureMarks, or a sentence.</summary>
internal static class SearchValues
{
    private const int BestRating = 5;

    private static readonly Dictionary<string, PictureKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["created"] = PictureKind.Created,
        ["edited"] = PictureKind.Edited,
        ["composed"] = PictureKind.Composed,
        ["answered"] = PictureKind.Answered,
        ["chat"] = PictureKind.Answered,
        ["step"] = PictureKind.Step,
        ["upload"] = PictureKind.Upload,
    };

    public static SearchTerm Seed(SearchTerm term, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? term with { Match = SearchParser.Mark($"seed{seed}") }
            : Wrong(term, "a seed is a whole number, as in seed:42");

    public static SearchTerm Size(SearchTerm term, string value) =>
        value.ToLowerInvariant().Split('x', '×') is [var width, var height] && Side(width) && Side(height)
            ? term with { Match = SearchParser.Mark($"size{int.Parse(width, CultureInfo.InvariantCulture)}x{int.Parse(height, CultureInfo.InvariantCulture)}") }
            : Wrong(term, "a size is width and height, as in size:1024x768");

    public static SearchTerm Kind(SearchTerm term, string value) =>
        Kinds.TryGetValue(value, out var kind)
            ? term with { Match = SearchParser.Mark($"kind{kind}0"), Scope = kind == PictureKind.Upload ? "kept0" : null }
            : Wrong(term, $"a kind is one of {string.Join(", ", Kinds.Keys)}");

    public static SearchTerm Is(SearchTerm term, string value) => value.ToLowerInvariant() switch
    {
        "starred" => term with { Match = SearchParser.Mark("starred0") },
        "partial" => term with { Match = SearchParser.Mark("partial0") },
        "trashed" => term with { Match = SearchParser.Mark(SearchParser.Trashed), Scope = SearchParser.Trashed },
        _ => Wrong(term, "there is is:starred, is:partial and is:trashed"),
    };

    /// <summary>One rating, a comparison or a range; 0 stands for pictures that nobody rated.</summary>
    public static SearchTerm Rating(SearchTerm term, string value)
    {
        var (low, high) = value switch
        {
            ['>', '=', .. var least] => (Number(least), BestRating),
            ['>', .. var below] => (Number(below) + 1, BestRating),
            ['<', '=', .. var most] => (0, Number(most)),
            ['<', .. var above] => (0, Number(above) - 1),
            _ when value.Split("..") is [var from, var to] => (Number(from), Number(to)),
            _ => (Number(value), Number(value)),
        };
        return low is { } first && high is { } last && first <= last
            ? term with { Match = string.Join(" OR ", Enumerable.Range(first, last - first + 1).Select(x => SearchParser.Mark($"rating{x}"))) }
            : Wrong(term, "a rating is from 0 to 5, as in rating:4, rating:>=3 or rating:2..4");
    }

    internal static SearchTerm Wrong(SearchTerm term, string remedy) => term with { Fault = $"{term.Text} is left out: {remedy}." };

    private static int? Number(string text) => text is [>= '0' and <= '5' and var digit] ? digit - '0' : null;

    private static bool Side(string text) => text.Length is > 0 and < 6 && text.All(char.IsAsciiDigit);
}
