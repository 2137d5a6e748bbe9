using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Reflection;

/// <summary>Reads the instructions of the shapes world back: what an edit makes of a scene.</summary>
internal static class ShapesEdits
{
    private static readonly string Looks = All(World.Colours.Select(Words.Of).Concat(World.Patterns.SelectMany(Words.Of)).Append("plain"));

    private static readonly string Sizes = All(World.Sizes.SelectMany(Words.Of).Concat(["medium sized", "bigger", "smaller", "much bigger", "much smaller"]));

    private static readonly Regex Named = Form(
        $"the (?:(?<colour>{All(World.Colours.Select(Words.Of))}) )?(?<shape>shape|{All(World.Shapes.Select(Words.Of))})(?: (?<position>{All(Cells(Words.Position))}))?");

    private static readonly Regex[] Backgrounds =
        [Form("(?:change|set) the background to (?<to>.+)"), Form("make the background (?<to>.+)"), Form("use (?<to>an? .+ background)"), Form("put this (?<to>.+)")];

    private static readonly Regex Added = Form("(?:add|put|draw|place) (?<to>an? .+)");

    // What happens to an object that is named; of several forms that fit, the first whose words are known.
    private static readonly (Regex Form, Func<Scene, int, string, Scene?> Change)[] Changes =
    [
        (Form("remove the pattern from (?<it>.+)"), (scene, it, _) => Alter(scene, it, x => x with { Pattern = Pattern.Plain })),
        (Form("add (?<to>stripes|dots) to (?<it>.+)"), Fill),
        (Form("give (?<it>.+) (?<to>stripes|dots)"), Fill),
        (Form("(?:remove|delete|erase|take away|get rid of) (?<it>.+)"), (scene, it, _) => scene.Without(it)),
        (Form($"(?:move|shift|bring) (?<it>.+) to the (?<to>{All(Cells(Words.Goal))})"), (scene, it, to) => Move(scene, it, CellOf(Words.Goal, to))),
        (Form($"put (?<it>.+?) (?<to>{All(Cells(Words.Position))})"), (scene, it, to) => Move(scene, it, CellOf(Words.Position, to))),
        (Form("(?:turn|change) (?<it>.+) into (?<to>an? .+)"), Replace),
        (Form("(?:replace (?<it>.+) with|swap (?<it>.+) for) (?<to>an? .+)"), Replace),
        (Form($"(?:change the colou?r of|change|recolou?r) (?<it>.+) to (?<to>{Looks})"), Look),
        (Form($"(?:make|paint|turn) (?<it>.+) (?<to>{Looks})"), Look),
        (Form($"(?<it>.+) should be (?<to>{Looks})"), Look),
        // Sizes are never scored: the rest must stay.
        (Form($"make (?<it>.+?) (?<to>{Sizes})"), (scene, _, _) => scene),
        (Form("(?:enlarge|shrink) (?<it>.+)"), (scene, _, _) => scene),
    ];

    /// <summary>Null where the instruction is none of this world's, or names what is not there or is there more than once.</summary>
    public static Scene? Apply(Scene source, string instruction)
    {
        var text = instruction.Trim().TrimEnd('.').ToLowerInvariant();
        if (Backgrounds.Select(x => x.Match(text)).FirstOrDefault(x => x.Success) is { } match && BackgroundOf(match.Groups["to"].Value) is { } background)
        {
            return source with { Background = background };
        }

        return Added.Match(text) is { Success: true } added && Single(added.Groups["to"].Value) is { NamesPositions: true } noun
            ? source.With(noun.Scene.Objects[0])
            : Changes.Select(x => (x.Change, Match: x.Form.Match(text))).Where(x => x.Match.Success)
                .Select(x => Find(source, x.Match.Groups["it"].Value) is { } it ? x.Change(source, it, x.Match.Groups["to"].Value) : null)
                .FirstOrDefault(x => x is not null);
    }

    /// <summary>The one object that is meant.</summary>
    private static int? Find(Scene scene, string name)
    {
        var named = Named.Match(name);
        if (!named.Success)
        {
            return null;
        }

        var (shape, colour, position) = (named.Groups["shape"].Value, named.Groups["colour"].Value, named.Groups["position"].Value);
        var meant = Enumerable.Range(0, scene.Objects.Length).Where(i => scene.Objects[i] is var it
            && (shape == "shape" || Words.Of(it.Shape) == shape)
            && (colour.Length == 0 || Words.Of(it.Colour) == colour)
            && (position.Length == 0 || CellOf(Words.Position, position) == it.Cell)).ToList();
        return meant is [var only] ? only : null;
    }

    private static Background? BackgroundOf(string words) => World.Backgrounds
        .Where(x => Words.Place(x).Append(Words.Bare(x)).Append(Words.Name(x)).Append($"a {WithoutArticle(Words.Bare(x))} background").Contains(words))
        .Select(x => (Background?)x).FirstOrDefault();

    private static Scene? Fill(Scene scene, int it, string with) => Alter(scene, it, x => x with { Pattern = with == "dots" ? Pattern.Dotted : Pattern.Striped });

    private static Scene? Look(Scene scene, int it, string word) => World.Colours.FirstOrDefault(x => Words.Of(x) == word) is var colour && Words.Of(colour) == word
        ? Alter(scene, it, x => x with { Colour = colour })
        : Alter(scene, it, x => x with { Pattern = World.Patterns.FirstOrDefault(p => Words.Of(p).Contains(word), Pattern.Plain) });

    private static Scene? Move(Scene scene, int it, int cell)
    {
        var (x, y) = Grid.CentreOf(cell);
        return Alter(scene, it, each => each with { X = x, Y = y });
    }

    /// <summary>By another shape alone, or by another thing of the same size in the same place.</summary>
    private static Scene? Replace(Scene scene, int it, string noun)
    {
        var bare = World.Shapes.Where(x => Words.Article(Words.Of(x)) == noun).Select(x => (Shape?)x).FirstOrDefault();
        return bare is { } shape ? Alter(scene, it, x => x with { Shape = shape })
            : Single(noun) is { Scene.Objects: [var other] } ? Alter(scene, it, x => x with { Shape = other.Shape, Colour = other.Colour, Pattern = other.Pattern })
            : null;
    }

    private static T2iTask? Single(string noun) => ShapesText.Read(noun) is { Scene.Objects.Length: 1, NamesBackground: false } task ? task : null;

    private static Scene Alter(Scene scene, int it, Func<SceneObject, SceneObject> change) => scene.Replace(it, change(scene.Objects[it]));

    private static string WithoutArticle(string words) => words.StartsWith("a ", StringComparison.Ordinal) ? words[2..] : words.StartsWith("the ", StringComparison.Ordinal) ? words[4..] : words;

    private static IEnumerable<string> Cells(Func<int, IReadOnlyList<string>> words) => Enumerable.Range(0, Grid.Cells).SelectMany(words);

    private static int CellOf(Func<int, IReadOnlyList<string>> words, string said) => Enumerable.Range(0, Grid.Cells).First(x => words(x).Contains(said));

    private static Regex Form(string words) => new($"^(?:{words})$", RegexOptions.CultureInvariant);

    private static string All(IEnumerable<string> words) => string.Join('|', words.Where(x => x.Length > 0).OrderByDescending(x => x.Length));
}
