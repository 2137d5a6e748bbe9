using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>Looks at a composition's words and pictures, and gives the one hint that matters most.</summary>
public static class PromptCoach
{
    private const int LeastSide = 512;

    /// <summary>Null when there is nothing to say.</summary>
    public static string? Hint(string prompt, IReadOnlyList<PictureRow> pictures, ModelInfo model)
    {
        if (Missing(prompt, pictures.Count) is { } missing)
        {
            return pictures.Count == 0
                ? $"The words speak of {PictureNumbers.NameOf(missing)}, but no picture is there yet. Drop one into slot {missing}."
                : $"The words speak of {PictureNumbers.NameOf(missing)}, but there {(pictures.Count == 1 ? "is 1 picture" : $"are {pictures.Count} pictures")}. Drop one into slot {missing}, or leave it out.";
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

    /// <summary>The first picture that the words speak of and that is not there; null when all are.</summary>
    public static int? Missing(string prompt, int pictures) => PictureNumbers.In(prompt).Where(x => x > pictures).Order().Select(x => (int?)x).FirstOrDefault();
}
