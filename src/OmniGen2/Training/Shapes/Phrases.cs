namespace OmniGen2.Training.Shapes;

/// <summary>Noun phrases, places and references, worded at random or, for answers, always alike.</summary>
internal static class Phrases
{
    private const double LeftOutSize = .15;

    /// <summary>"a large striped red star"; the size is sometimes left out.</summary>
    public static string Noun(SceneRandom random, SceneObject of) => Words.Article(Join(Size(random, of), Pattern(random, of), Words.Of(of.Colour), Words.Of(of.Shape)));

    /// <summary>The noun phrase without its size, for tasks that leave the size as it is.</summary>
    public static string SizelessNoun(SceneRandom random, SceneObject of) => Words.Article(Join(Pattern(random, of), Words.Of(of.Colour), Words.Of(of.Shape)));

    /// <summary>"three small red circles".</summary>
    public static string Several(SceneRandom random, SceneObject of, int count) =>
        Join(Words.Numbers[count], Size(random, of), Pattern(random, of), Words.Of(of.Colour), Words.Plural(of.Shape));

    /// <summary>The noun phrase of answers.</summary>
    public static string Exact(SceneObject of) => Words.Article(Join(Words.Of(of.Size)[0], Words.Of(of.Pattern)[0], Words.Of(of.Colour), Words.Of(of.Shape)));

    public static string Position(SceneRandom random, int cell) => random.Pick(Words.Position(cell));

    public static string Place(SceneRandom random, Background background) => random.Pick(Words.Place(background));

    /// <summary>
    /// The object as the one who speaks would name it: "the star" if there is one star, else "the red star", else "the star at the top".
    /// Now and then longer than needed, or "the shape" where there is only one.
    /// </summary>
    public static string Reference(SceneRandom random, Scene scene, int index)
    {
        var it = scene.Objects[index];
        if (scene.Objects.Length == 1 && random.Chance(.25))
        {
            return "the shape";
        }

        if (scene.Objects.Count(each => each.Shape == it.Shape) == 1 && !random.Chance(.2))
        {
            return $"the {Words.Of(it.Shape)}";
        }

        return IsOnlyOneOfItsColour(scene, it)
            ? $"the {Words.Of(it.Colour)} {Words.Of(it.Shape)}"
            : $"the {Words.Of(it.Shape)} {Position(random, it.Cell)}";
    }

    /// <summary>The object without a word about its colour: "the star", or "the star at the top" where there are several.</summary>
    public static string ColourlessReference(SceneRandom random, Scene scene, int index)
    {
        var it = scene.Objects[index];
        return scene.Objects.Count(each => each.Shape == it.Shape) == 1
            ? $"the {Words.Of(it.Shape)}"
            : $"the {Words.Of(it.Shape)} {Position(random, it.Cell)}";
    }

    /// <summary>Now and then a text is written as a sentence: capital letter, full stop.</summary>
    public static string MaybeSentence(SceneRandom random, string text) => random.Chance(.15) ? Words.Sentence(text) : text;

    /// <summary>The words that are not empty, with blanks between.</summary>
    public static string Join(params IEnumerable<string> words) => string.Join(' ', words.Where(word => word.Length > 0));

    private static bool IsOnlyOneOfItsColour(Scene scene, SceneObject it) =>
        scene.Objects.Count(each => each.Shape == it.Shape && each.Colour == it.Colour) == 1;

    private static string Size(SceneRandom random, SceneObject of) => random.Chance(LeftOutSize) ? "" : random.Pick(Words.Of(of.Size));

    private static string Pattern(SceneRandom random, SceneObject of) => random.Pick(Words.Of(of.Pattern));
}
