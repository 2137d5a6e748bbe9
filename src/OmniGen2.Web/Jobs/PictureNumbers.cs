using System.Text.RegularExpressions;

namespace OmniGen2.Web.Jobs;

/// <summary>The pictures that words speak of, by number.</summary>
public static partial class PictureNumbers
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>How a prompt calls the picture with a number, 1 … 5.</summary>
    public static string NameOf(int number) => $"the {Ordinals[number - 1]} image";

    /// <summary>The numbers, from 1, in words like "image 2" and "the second picture".</summary>
    public static IReadOnlySet<int> In(string words)
    {
        var numbers = new HashSet<int>();
        foreach (Match match in ByNumber().Matches(words))
        {
            numbers.Add(match.Groups[1].Value[0] - '0');
        }

        foreach (Match match in ByOrdinal().Matches(words))
        {
            numbers.Add(Array.IndexOf(Ordinals, match.Groups[1].Value.ToLowerInvariant()) + 1);
        }

        return numbers;
    }

    [GeneratedRegex(@"\b(?:image|picture)\s+([1-5])\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ByNumber();

    [GeneratedRegex(@"\b(first|second|third|fourth|fifth)\s+(?:image|picture)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ByOrdinal();
}
