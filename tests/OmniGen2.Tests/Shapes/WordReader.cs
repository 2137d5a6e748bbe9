using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

/// <summary>Reads the world's English with word lists of its own, so that the grammar is checked against a second opinion.</summary>
internal static class WordReader
{
    public const string ColourWord = "(?:red|orange|yellow|green|blue|purple|pink|brown|white|cyan)";
    public const string ShapeWord = "(?:circle|square|triangle|star|heart|hexagon|ring|cross)";
    public const string PatternWord = "(?:striped|stripy|dotted|spotted|polka dot)";
    public const string SizeWord = "(?:small|little|tiny|large|big|huge)";

    public const string PositionWords =
        "(?:(?:at|in) the (?:top|bottom) (?:left|right)(?: corner)?|at the (?:top|bottom)|on the (?:top|bottom|left|right) side|on the (?:left|right)|(?:in|at) the (?:center|middle))(?! of)";

    public const string PlaceWords =
        "(?:(?:on|against|with|in front of) an? \\w+ background|(?:in|on|in front of) a meadow|in the night sky|under a night sky|at night"
        + "|at sunset|in front of a sunset|with a sunset behind|(?:at|by|in front of) the sea)";

    public const string NounWords =
        $"(?<article>an?|two|three|four) (?:(?<size>{SizeWord}) )?(?:(?<pattern>{PatternWord}) )?(?<colour>{ColourWord}) (?<shape>{ShapeWord})(?:e?s)?";

    /// <summary>"the star", "the red star", "the star at the top", "the shape".</summary>
    public const string ReferenceWords = $"the (?:{ColourWord} )?(?:{ShapeWord}|shape)(?: {PositionWords})?";

    public static string Clean(string text) => text.TrimEnd('.').ToLowerInvariant();

    public static Shape Shape(string word) => Enum.Parse<Shape>(word, ignoreCase: true);

    public static Colour Colour(string word) => Enum.Parse<Colour>(word, ignoreCase: true);

    public static Pattern Pattern(string word) => word switch
    {
        "" or "plain" => OmniGen2.Training.Shapes.Pattern.Plain,
        "striped" or "stripy" or "stripes" => OmniGen2.Training.Shapes.Pattern.Striped,
        _ => OmniGen2.Training.Shapes.Pattern.Dotted,
    };

    public static ObjectSize? Size(string word) => word switch
    {
        "" => null,
        "small" or "little" or "tiny" => ObjectSize.Small,
        _ => ObjectSize.Large,
    };

    public static int Cell(string position)
    {
        var row = position.Contains("top", StringComparison.Ordinal) ? 0 : position.Contains("bottom", StringComparison.Ordinal) ? 2 : 1;
        var column = position.Contains("left", StringComparison.Ordinal) ? 0 : position.Contains("right", StringComparison.Ordinal) ? 2 : 1;
        return (3 * row) + column;
    }

    public static Background Place(string words) => words switch
    {
        _ when words.Contains("meadow", StringComparison.Ordinal) => Background.Meadow,
        _ when words.Contains("night", StringComparison.Ordinal) => Background.NightSky,
        _ when words.Contains("sunset", StringComparison.Ordinal) => Background.Sunset,
        _ when words.Split(' ').Contains("sea") => Background.Sea,
        _ => Enum.Parse<Background>(Regex.Replace(words, "^.* an? | background$|^a ", ""), ignoreCase: true),
    };

    /// <summary>The one object of the scene that the reference can mean.</summary>
    public static int Referred(Scene scene, string reference)
    {
        var match = Regex.Match(reference, $"^the (?:(?<colour>{ColourWord}) )?(?<shape>{ShapeWord}|shape)(?: (?<position>{PositionWords}))?$");
        Assert.True(match.Success, reference);
        var fits = Enumerable.Range(0, scene.Objects.Length).Where(index => Fits(scene.Objects[index], match)).ToArray();
        return Assert.Single(fits);
    }

    private static bool Fits(SceneObject it, Match match) =>
        (match.Groups["shape"].Value == "shape" || it.Shape == Shape(match.Groups["shape"].Value))
        && (!match.Groups["colour"].Success || it.Colour == Colour(match.Groups["colour"].Value))
        && (!match.Groups["position"].Success || it.Cell == Cell(match.Groups["position"].Value));
}
