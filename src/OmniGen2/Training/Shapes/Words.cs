namespace OmniGen2.Training.Shapes;

/// <summary>The words of the world: how each attribute may be named. The first of each row is the one used in answers.</summary>
internal static class Words
{
    public static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    public static readonly string[] Ordinals = ["first", "second", "third"];

    private static readonly string[][] Sizes = [["small", "little", "tiny"], [""], ["large", "big", "huge"]];

    private static readonly string[][] Patterns = [[""], ["striped", "stripy"], ["dotted", "spotted", "polka dot"]];

    private static readonly string[][] Positions =
    [
        Corner("top left"), Edge("top"), Corner("top right"),
        Side("left"), ["in the center", "in the middle", "at the center"], Side("right"),
        Corner("bottom left"), Edge("bottom"), Corner("bottom right"),
    ];

    // What stands after "to the": bring the star to the …
    private static readonly string[][] Goals =
    [
        ["top left", "top left corner"], ["top", "top side"], ["top right", "top right corner"],
        ["left", "left side"], ["center", "middle"], ["right", "right side"],
        ["bottom left", "bottom left corner"], ["bottom", "bottom side"], ["bottom right", "bottom right corner"],
    ];

    private static readonly string[] PlainLinks = ["on", "against", "with", "in front of"];

    private static readonly string[][] Scenery =
    [
        ["in a meadow", "on a meadow", "in front of a meadow"],
        ["in the night sky", "under a night sky", "at night"],
        ["at sunset", "in front of a sunset", "with a sunset behind"],
        ["at the sea", "by the sea", "in front of the sea"],
    ];

    private static readonly string[] SceneryNames = ["a meadow", "a night sky", "a sunset", "the sea"];

    private static readonly string[][] Directions =
    [
        ["left of", "to the left of", "on the left of"],
        ["right of", "to the right of", "on the right of"],
        ["above", "over", "on top of"],
        ["below", "under", "beneath"],
    ];

    public static string Of(Shape shape) => shape.ToString().ToLowerInvariant();

    public static string Plural(Shape shape) => shape == Shape.Cross ? "crosses" : Of(shape) + "s";

    public static string Of(Colour colour) => colour.ToString().ToLowerInvariant();

    public static string Plain(Background background) => background.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> Of(ObjectSize size) => Sizes[(int)size];

    public static IReadOnlyList<string> Of(Pattern pattern) => Patterns[(int)pattern];

    public static IReadOnlyList<string> Position(int cell) => Positions[cell];

    public static IReadOnlyList<string> Goal(int cell) => Goals[cell];

    public static IReadOnlyList<string> Of(Direction direction) => Directions[(int)direction];

    /// <summary>Where a picture plays: "on a green background", "in a meadow".</summary>
    public static IReadOnlyList<string> Place(Background background) => World.IsPlain(background)
        ? [.. PlainLinks.Select(link => $"{link} a {Plain(background)} background")]
        : Scenery[background - Background.Meadow];

    /// <summary>The background as a thing: "a green background", "a meadow".</summary>
    public static string Name(Background background) =>
        World.IsPlain(background) ? $"a {Plain(background)} background" : SceneryNames[background - Background.Meadow];

    /// <summary>What a background may be made: "green", "a meadow".</summary>
    public static string Bare(Background background) => World.IsPlain(background) ? Plain(background) : Name(background);

    public static string Article(string phrase) => "aeiou".Contains(phrase[0], StringComparison.Ordinal) ? $"an {phrase}" : $"a {phrase}";

    public static string Sentence(string text, char end = '.') => char.ToUpperInvariant(text[0]) + text[1..] + end;

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count == 1 ? items[0] : $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}";

    private static string[] Corner(string name) => [$"at the {name}", $"in the {name} corner", $"in the {name}"];

    private static string[] Edge(string name) => [$"at the {name}", $"on the {name} side"];

    private static string[] Side(string name) => [$"on the {name}", $"on the {name} side"];
}
