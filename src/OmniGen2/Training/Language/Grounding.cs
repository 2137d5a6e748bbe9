using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>Where in a picture the objects are that words speak of.</summary>
internal static class Grounding
{
    /// <summary>One truth for every cell, and one for the background.</summary>
    public const int Truths = Grid.Cells + 1;

    /// <summary>1 for every cell with an object that fits what was said, and for a background that is the picture's; null where nothing was said yet.</summary>
    public static float[]? Labels(PhraseState said, Scene scene)
    {
        if (said.IsEmpty && said.Background == 0)
        {
            return null;
        }

        var labels = new float[Truths];
        foreach (var each in scene.Objects.Where(each => !said.IsEmpty && Fits(said, each)))
        {
            labels[each.Cell] = 1;
        }

        labels[Grid.Cells] = said.Background == 1 + (int)scene.Background ? 1 : 0;
        return labels;
    }

    /// <summary>
    /// Whether all that was said until each word is so: objects count when the next one or the background begins, the background when it is named.
    /// Every object must have a position; "at the top" is then the middle of the top.
    /// </summary>
    public static IEnumerable<bool> Holds(IEnumerable<PhraseState> states, Scene scene)
    {
        var (holds, before) = (true, default(PhraseState));
        foreach (var said in states)
        {
            holds &= before.Shape == 0 || said.Shape > 0 || IsThere(before, scene);
            if (said.Background != before.Background)
            {
                holds &= said.Background == 1 + (int)scene.Background && (said.Shape == 0 || IsThere(said, scene));
            }

            yield return holds;
            before = said;
        }
    }

    private static bool IsThere(PhraseState said, Scene scene)
    {
        var exact = said with { Column = said.Column == 0 ? 2 : said.Column, Row = said.Row == 0 ? 2 : said.Row };
        return scene.Objects.Any(each => Fits(exact, each));
    }

    private static bool Fits(PhraseState said, SceneObject it) =>
        IsOrOpen(said.Colour, (int)it.Colour)
        && IsOrOpen(said.Shape, (int)it.Shape)
        && IsOrOpen(said.Pattern, (int)it.Pattern)
        && IsOrOpen(said.Size, (int)it.Size)
        && IsOrOpen(said.Column, Grid.Column(it.Cell))
        && IsOrOpen(said.Row, Grid.Row(it.Cell));

    private static bool IsOrOpen(int said, int value) => said == 0 || said == 1 + value;
}
