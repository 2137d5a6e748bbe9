using System.Text;

namespace OmniGen2.Web.History;

/// <summary>
/// Reads a search: words, "phrases", key:value, each with a minus before it to leave it out. Nothing is refused: what cannot be used carries a
/// sentence, what is no key is looked for as words, and no text that people type reaches FTS5 but as a quoted string.
/// </summary>
/// <param name="Boards">Id and name of every board that can be named.</param>
/// <param name="Zone">Where a day begins.</param>
public sealed record SearchParser(IReadOnlyList<(Guid Id, string Name)> Boards, TimeZoneInfo Zone)
{
    public const string Trashed = "trashed0";

    private const int MostTerms = 40;
    private const int LongestText = 2000;

    /// <summary>What may stand before a colon.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["tag", "board", "is", "rating", "kind", "after", "before", "seed", "size", "model", "negative"];

    public SearchQuery Parse(string text) =>
        new([.. SearchSplitter.Split(text.Length > LongestText ? text[..LongestText] : text).Take(MostTerms).Select(Term)]);

    /// <summary>An expression for a mark, which is a token that no words can be mistaken for.</summary>
    internal static string Mark(string mark) => $"Marks : {Quote(mark)}";

    /// <summary>The mark of a tag; as in the view PictureMarks.</summary>
    internal static string TagMark(string tag) => $"tag{Convert.ToHexString(Encoding.UTF8.GetBytes(tag))}0";

    internal static string BoardMark(Guid board) => $"board{board:N}0";

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Ideographs, kana, hangul: written without spaces, or with endings that stand together with the word.</summary>
    private static bool HasNoSpaces(string text) => text.Any(x => x is >= '\u2E80' and <= '\uDBFF' or >= '\uF900' and <= '\uFAFF');

    private SearchTerm Term(SearchSplitter.Part part)
    {
        var term = new SearchTerm(part.Text) { Key = part.Key, IsNegated = part.IsNegated };
        return part.Key switch
        {
            null => Words(term, part.Value, "{Prompt TagWords Description}"),
            "tag" => Tag(term, part.Value),
            "negative" => Words(term, part.Value, "NegativePrompt"),
            "model" => Words(term, part.Value, "Model"),
            "seed" => SearchValues.Seed(term, part.Value),
            "size" => SearchValues.Size(term, part.Value),
            "rating" => SearchValues.Rating(term, part.Value),
            "kind" => SearchValues.Kind(term, part.Value),
            "is" => SearchValues.Is(term, part.Value),
            "after" or "before" => SearchDates.Read(term, part.Key, part.Value, Zone),
            "board" => Board(term, part.Value),
            _ => Words(term, part.Key + " " + part.Value, "{Prompt TagWords Description}") with
            {
                Fault = $"There is no {part.Key}:, so it is looked for as words. There are {string.Join(", ", Keys.SkipLast(1).Select(x => x + ":"))} and {Keys[^1]}:.",
            },
        };
    }

    /// <summary>Words side by side, in this order. A star after three letters or more stands for any ending.</summary>
    private static SearchTerm Words(SearchTerm term, string words, string columns)
    {
        if (HasNoSpaces(words))
        {
            return term with { Contains = words };
        }

        // Only what FTS5 takes for a word too: an expression without one matches nothing at all.
        if (!words.Any(char.IsLetterOrDigit))
        {
            return term with { Fault = $"“{term.Text}” has no letters or digits, so it is left out." };
        }

        var opens = words.EndsWith('*') && words.TakeLast(4).Take(3).Count(char.IsLetterOrDigit) == 3;
        return term with { Match = $"{columns} : {Quote(words.Replace('\0', ' '))}{(opens ? " *" : "")}", IsOpen = opens };
    }

    private static SearchTerm Tag(SearchTerm term, string value) =>
        TagName.Of(value) is { Length: > 0 } tag ? term with { Match = Mark(TagMark(tag)) } : SearchValues.Wrong(term, "a tag is a word, as in tag:logo");

    private SearchTerm Board(SearchTerm term, string name)
    {
        var boards = Boards.Where(x => string.Equals(x.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        var marks = boards.Select(x => Mark(BoardMark(x.Id))).DefaultIfEmpty(Mark("board0"));
        return term with
        {
            Match = string.Join(" OR ", marks),
            Fault = boards.Count > 0 ? null : $"There is no board “{name}”.",
        };
    }
}
