using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Reflection;

/// <summary>Reads the sentences of the shapes world back: what a prompt asks for, and what a caption says is there.</summary>
internal static partial class ShapesText
{
    // Longer phrases first, so that "at the top" does not take the beginning of "at the top left".
    private static readonly (string Words, int Cell)[] Positions =
        [.. Enumerable.Range(0, Grid.Cells).SelectMany(cell => Words.Position(cell).Select(words => (words, cell))).OrderByDescending(x => x.words.Length)];

    private static readonly (string Words, Background Background)[] Places =
        [.. World.Backgrounds.SelectMany(background => Words.Place(background).Select(words => (words, background))).OrderByDescending(x => x.words.Length)];

    private static readonly (string Words, Direction Direction)[] Directions =
        [.. Enum.GetValues<Direction>().SelectMany(direction => Words.Of(direction).Select(words => (words, direction))).OrderByDescending(x => x.words.Length)];

    private static readonly Regex Noun = new(
        $@"\b(?<count>an?|{string.Join('|', Words.Numbers.Skip(2))}) (?:(?<size>{All(World.Sizes.SelectMany(Words.Of))}) )?(?:(?<pattern>{All(World.Patterns.SelectMany(Words.Of))}) )?"
        + $@"(?<colour>{All(World.Colours.Select(Words.Of))}) (?<shape>{All(World.Shapes.SelectMany(x => new[] { Words.Plural(x), Words.Of(x) }))})\b"
        + $@"(?: (?<position>{All(Positions.Select(x => x.Words))})\b(?! of\b))?",
        RegexOptions.CultureInvariant | RegexOptions.Compiled);

    /// <summary>Null where the text is not one of this world's, or places some objects and not others.</summary>
    public static T2iTask? Read(string prompt)
    {
        var text = $" {prompt.Trim().TrimEnd('.').ToLowerInvariant()} ";
        var place = Places.FirstOrDefault(x => text.Contains($" {x.Words} ", StringComparison.Ordinal) || text.Contains($" {x.Words}, ", StringComparison.Ordinal));
        text = place.Words is null ? text : text.Replace(place.Words, "", StringComparison.Ordinal);
        var nouns = Noun.Matches(text);
        var places = nouns.Select(x => x.Groups["position"]).ToList();
        if (nouns.Count == 0 || places.Any(x => x.Success) != places.All(x => x.Success) || Rest(text, nouns) is not { } between)
        {
            return null;
        }

        var objects = nouns.SelectMany(Objects).ToImmutableArray();
        var direction = Directions.FirstOrDefault(x => x.Words == between);
        return (between.Length > 0 && direction.Words is null) || (direction.Words is not null && objects.Length != 2)
            ? null
            : new T2iTask(prompt, new Scene(place.Background, objects))
            {
                NamesBackground = place.Words is not null,
                NamesPositions = places[0].Success,
                Relation = direction.Words is null ? null : new Relation(0, direction.Direction, 1),
            };
    }

    /// <summary>What is left of the text without its objects and the words that join them: how two of them lie, or nothing. Null: words of another world.</summary>
    private static string? Rest(string text, MatchCollection nouns)
    {
        var rest = Joint().Replace(Noun.Replace(text, "|"), " ").Trim();
        var parts = T2iGrammar.WithoutOpener(rest).Split('|').Select(x => x.Trim()).ToArray();
        var between = nouns.Count == 2 && parts.Length == 3 ? parts[1] : "";
        return string.Concat(parts).Length == between.Length ? between : null;
    }

    private static IEnumerable<SceneObject> Objects(Match noun)
    {
        var shape = World.Shapes.First(x => noun.Groups["shape"].Value == Words.Of(x) || noun.Groups["shape"].Value == Words.Plural(x));
        var colour = World.Colours.First(x => Words.Of(x) == noun.Groups["colour"].Value);
        var pattern = noun.Groups["pattern"].Success ? World.Patterns.First(x => Words.Of(x).Contains(noun.Groups["pattern"].Value)) : Pattern.Plain;
        var size = noun.Groups["size"].Success ? World.Sizes.First(x => Words.Of(x).Contains(noun.Groups["size"].Value)) : ObjectSize.Medium;
        var cell = noun.Groups["position"].Success ? Positions.First(x => x.Words == noun.Groups["position"].Value).Cell : Grid.Centre;
        var count = Math.Max(1, Array.IndexOf(Words.Numbers, noun.Groups["count"].Value));
        var (x, y) = Grid.CentreOf(cell);
        return Enumerable.Repeat(new SceneObject(shape, colour, pattern, size, x, y), count);
    }

    private static string All(IEnumerable<string> words) => string.Join('|', words.Where(x => x.Length > 0).OrderByDescending(x => x.Length));

    [GeneratedRegex(@",|\band\b|\s+")]
    private static partial Regex Joint();
}
