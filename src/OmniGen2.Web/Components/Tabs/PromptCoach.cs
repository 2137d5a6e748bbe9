using System.Text.RegularExpressions;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>Looks at a composition's words and pictures, and gives the one hint that matters most.</summary>
public static partial class PromptCoach
{
    private const int LeastSide = 512;

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>How the prompt calls the picture in a slot, 1 … 5.</summary>
    public static string NameOf(int slot) => $"the {Ordinals[slot - 1]} image";

    /// <summary>The slots, from 1, that the words speak of: "image 2", "the second picture".</summary>
    public static IReadOnlySet<int> Mentioned(string prompt)
    {
        var slots = new HashSet<int>();
        foreach (Match match in ByNumber().Matches(prompt))
        {
            slots.Add(match.Groups[1].Value[0] - '0');
        }

        foreach (Match match in ByOrdinal().Matches(prompt))
        {
            slots.Add(Array.IndexOf(Ordinals, match.Groups[1].Value.ToLowerInvariant()) + 1);
        }

        return slots;
    }

    /// <summary>Null when there is nothing to say.</summary>
    public static string? Hint(string prompt, IReadOnlyList<PictureRow> pictures, ModelInfo model)
    {
        if (Mentioned(prompt).Where(s => s > pictures.Count).Order().FirstOrDefault() is > 0 and var missing)
        {
            return pictures.Count == 0
                ? $"The words speak of {NameOf(missing)}, but no picture is there yet. Drop one into slot {missing}."
                : $"The words speak of {NameOf(missing)}, but there {(pictures.Count == 1 ? "is 1 picture" : $"are {pictures.Count} pictures")}. Drop one into slot {missing}, or leave it out.";
        }

        // The small model lives in a small world; these two are about the released one.
        if (model.DefaultSize < LeastSide)
        {
            return null;
        }

        for (var i = 0; i < pictures.Count; i++)
        {
            if (Math.Min(pictures[i].Width, pictures[i].Height) < LeastSide)
            {
                return $"Image {i + 1} is {pictures[i].Width} × {pictures[i].Height}. Pictures of at least {LeastSide} pixels a side keep their subject better.";
            }
        }

        return prompt.Any(c => c is >= '\u0400' && char.IsLetter(c)) ? "The model understands English best. Say it in English if the result misses what you mean." : null;
    }

    [GeneratedRegex(@"\b(?:image|picture)\s+([1-5])\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ByNumber();

    [GeneratedRegex(@"\b(first|second|third|fourth|fifth)\s+(?:image|picture)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ByOrdinal();
}
