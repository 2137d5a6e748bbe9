using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class EditGrammarTests
{
    private const string R = $"(?<r>{WordReader.ReferenceWords})";

    private static readonly Grammar Grammar = new(new WorldOptions());

    public static TheoryData<EditKind> Kinds => [.. Enum.GetValues<EditKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Following_the_instruction_gives_the_target(EditKind kind)
    {
        for (var index = 0; index < 400; index++)
        {
            var task = Grammar.Edit(SceneRandom.ForTraining(21, index), kind);
            var followed = Follow(WordReader.Clean(task.Instruction), task.Source, kind);
            Assert.True(Alike(followed, task.Target, withSize: kind != EditKind.Add), task.Instruction);
            Assert.NotEqual(task.Source, task.Target);
        }
    }

    [Fact]
    public void Kinds_come_as_often_as_the_recipe_says()
    {
        var kinds = Enumerable.Range(0, 10_000).Select(index => Grammar.Edit(SceneRandom.ForTraining(22, index)).Kind).ToArray();
        Assert.InRange(kinds.Count(each => each == EditKind.Recolour), 1550, 1850);
        Assert.InRange(kinds.Count(each => each == EditKind.Resize), 700, 900);
    }

    [Fact]
    public void World_too_narrow_for_an_edit_leaves_it_out_and_says_so_when_asked()
    {
        var narrow = new Grammar(new WorldOptions { MaxObjects = 1, Patterns = [Pattern.Plain] });
        var kinds = Enumerable.Range(0, 500).Select(index => narrow.Edit(SceneRandom.ForTraining(23, index)).Kind).Distinct().ToArray();
        Assert.Equal(6, kinds.Length);
        var fault = Assert.Throws<ModelException>(() => narrow.Edit(SceneRandom.ForTraining(23, 0), EditKind.Add));
        Assert.Contains("maxObjects is 1", fault.Message, StringComparison.Ordinal);
    }

    private static Scene Follow(string text, Scene source, EditKind kind) => kind switch
    {
        EditKind.Recolour => Change(
            source,
            Read(text, $"(?:make|paint|turn) {R} (?<x>\\w+)|(?:change|recolor|change the color of) {R} to (?<x>\\w+)|{R} should be (?<x>\\w+)"),
            (it, x) => it with { Colour = WordReader.Colour(x) }),
        EditKind.Background => source with { Background = NewBackground(text) },
        EditKind.Add => Add(source, text),
        EditKind.Move => Change(
            source,
            Read(text, $"(?:move|shift|bring) {R} to (?<x>the .+)|put {R} (?<x>{WordReader.PositionWords})"),
            (it, x) => In(it, WordReader.Cell(x))),
        EditKind.Replace => Change(source, Read(text, $"(?:turn|change) {R} into (?<x>.+)|replace {R} with (?<x>.+)|swap {R} for (?<x>.+)"), Replaced),
        EditKind.Remove => source.Without(Target(source, Read(text, $"(?:remove|delete|erase|take away|get rid of) {R}"))),
        EditKind.Pattern => Change(
            source,
            Read(text, $"make {R} (?<x>.+)|add (?<x>\\w+) to {R}|give {R} (?<x>\\w+)|remove the pattern from {R}"),
            (it, x) => it with { Pattern = WordReader.Pattern(x) }),
        _ => Change(source, Read(text, $"make {R} (?<x>.+)|(?<x>enlarge|shrink) {R}"), Resized),
    };

    private static Match Read(string text, string pattern)
    {
        var match = Regex.Match(text, $"^(?:{pattern})$");
        Assert.True(match.Success, text);
        return match;
    }

    private static Background NewBackground(string text) =>
        WordReader.Place(Read(text, "(?:change the background to|set the background to|make the background|use|put this) (?<x>.+)").Groups["x"].Value);

    private static int Target(Scene source, Match match) => WordReader.Referred(source, match.Groups["r"].Value);

    private static Scene Change(Scene source, Match match, Func<SceneObject, string, SceneObject> change)
    {
        var index = Target(source, match);
        return source.Replace(index, change(source.Objects[index], match.Groups["x"].Value));
    }

    private static Scene Add(Scene source, string text)
    {
        var words = Read(text, $"(?:add|put|draw|place) {WordReader.NounWords} (?<position>{WordReader.PositionWords})").Groups;
        var look = new SceneObject(
            WordReader.Shape(words["shape"].Value),
            WordReader.Colour(words["colour"].Value),
            WordReader.Pattern(words["pattern"].Value),
            WordReader.Size(words["size"].Value) ?? ObjectSize.Medium,
            0,
            0);
        return source.With(In(look, WordReader.Cell(words["position"].Value)));
    }

    private static SceneObject Replaced(SceneObject it, string noun)
    {
        var match = Regex.Match(noun, $"^(?:an?) {WordReader.ShapeWord}$");
        if (match.Success)
        {
            return it with { Shape = WordReader.Shape(noun.Split(' ')[1]) };
        }

        var words = Read(noun, WordReader.NounWords).Groups;
        return it with
        {
            Shape = WordReader.Shape(words["shape"].Value),
            Colour = WordReader.Colour(words["colour"].Value),
            Pattern = WordReader.Pattern(words["pattern"].Value),
        };
    }

    private static SceneObject Resized(SceneObject it, string x) => it with
    {
        Size = x switch
        {
            "small" or "tiny" or "much smaller" => ObjectSize.Small,
            "large" or "huge" or "much bigger" => ObjectSize.Large,
            "medium sized" => ObjectSize.Medium,
            "bigger" or "enlarge" => it.Size + 1,
            _ => it.Size - 1,
        },
    };

    private static SceneObject In(SceneObject look, int cell)
    {
        var (x, y) = Grid.CentreOf(cell);
        return look with { X = x, Y = y };
    }

    private static bool Alike(Scene a, Scene b, bool withSize) =>
        a.Background == b.Background && Looks(a, withSize).SequenceEqual(Looks(b, withSize));

    private static ImmutableArray<(Shape, Colour, Pattern, ObjectSize?, int)> Looks(Scene scene, bool withSize) =>
        [.. scene.Objects.Select(each => (each.Shape, each.Colour, each.Pattern, withSize ? each.Size : (ObjectSize?)null, each.Cell))];
}
