using System.Text.RegularExpressions;

namespace OmniGen2.Web.Jobs;

/// <summary>The pictures that words speak of, by number.</summary>
public static partial class PictureNumbers
{
    /// <summary>"image 2" or "the second picture", the number or the word in a group of its own. A browser reads it too (marks.js).</summary>
    public const string Pattern = $@"\b(?:(?:image|picture)\s+([1-5])|({Words})\s+(?:image|picture))\b";

    private const string Words = "first|second|third|fourth|fifth";

    private static readonly string[] Ordinals = Words.Split('|');

    /// <summary>How a prompt calls the picture with a number, 1 … 5.</summary>
    public static string NameOf(int number) => $"the {Ordinals[number - 1]} image";

    /// <summary>The numbers, from 1, in words like "image 2" and "the second picture".</summary>
    public static IReadOnlySet<int> In(string words) => Named().Matches(words).Select(NumberOf).ToHashSet();

    /// <summary>The words without a picture: "the circle from image 4 above it" becomes "the circle above it".</summary>
    public static string Without(string words, int number) => Placed().Replace(words, x => NumberOf(x) == number ? "" : x.Value).Trim();

    private static int NumberOf(Match match) =>
        match.Groups[1].Success ? match.Groups[1].Value[0] - '0' : Array.IndexOf(Ordinals, match.Groups[2].Value.ToLowerInvariant()) + 1;

    [GeneratedRegex(Pattern, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@" ?(?:\b(?:from|in|of|on) )?(?:\bthe )?" + Pattern, RegexOptions.IgnoreCase)]
    private static partial Regex Placed();
}
