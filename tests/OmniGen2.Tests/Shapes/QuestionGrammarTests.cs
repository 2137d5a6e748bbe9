using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class QuestionGrammarTests
{
    private static readonly string[] Cells =
        ["at the top left", "at the top", "at the top right", "on the left", "in the center", "on the right", "at the bottom left", "at the bottom", "at the bottom right"];

    private static readonly Grammar Grammar = new(new WorldOptions());

    public static TheoryData<QuestionKind> Kinds => [.. Enum.GetValues<QuestionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answer_follows_from_the_question_and_the_scene(QuestionKind kind)
    {
        for (var index = 0; index < 400; index++)
        {
            var task = Grammar.Question(SceneRandom.ForTraining(41, index), kind);
            var answer = Answer(kind, task.Question.TrimEnd('?'), task.Scene);
            Assert.Equal(char.ToUpperInvariant(answer[0]) + answer[1..] + ".", task.Answer);
        }
    }

    [Theory]
    [InlineData(QuestionKind.YesNo)]
    [InlineData(QuestionKind.Relation)]
    public void Yes_and_no_are_equally_often_right(QuestionKind kind)
    {
        var yes = Enumerable.Range(0, 2000).Count(index => Grammar.Question(SceneRandom.ForTraining(42, index), kind).Answer == "Yes.");
        Assert.InRange(yes, 880, 1120);
    }

    private static string Answer(QuestionKind kind, string question, Scene scene) => kind switch
    {
        QuestionKind.Caption => Caption(scene),
        QuestionKind.Count => Numeral(Counted(question, scene)),
        QuestionKind.Colour => Referred(question, scene).Colour.ToString().ToLowerInvariant(),
        QuestionKind.Shape => "a " + scene.Objects.Single(each => each.Cell == WordReader.Cell(question)).Shape.ToString().ToLowerInvariant(),
        QuestionKind.Where => Cells[Referred(question, scene).Cell],
        QuestionKind.YesNo => Regex.Match(question, WordReader.NounWords) is var noun
            && scene.Objects.Any(each => Is(each, $"{noun.Groups["colour"]} {noun.Groups["shape"]}")) ? "yes" : "no",
        QuestionKind.Background => Place(scene.Background, "a {0} background", "a meadow", "a night sky", "a sunset", "the sea"),
        QuestionKind.Pattern => Referred(question, scene).Pattern.ToString().ToLowerInvariant(),
        _ => Related(question, scene) ? "yes" : "no",
    };

    private static string Caption(Scene scene)
    {
        var nouns = scene.Objects.OrderBy(each => each.Cell).Select(each =>
        {
            var size = each.Size == ObjectSize.Medium ? "" : $"{each.Size} ";
            var pattern = each.Pattern == Pattern.Plain ? "" : $"{each.Pattern} ";
            var noun = $"{size}{pattern}{each.Colour} {each.Shape}".ToLowerInvariant();
            return $"{(noun[0] == 'o' ? "an" : "a")} {noun} {Cells[each.Cell]}";
        }).ToArray();
        var list = nouns.Length == 1 ? nouns[0] : string.Join(", ", nouns[..^1]) + " and " + nouns[^1];
        return $"{list} {Place(scene.Background, "on a {0} background", "in a meadow", "in the night sky", "at sunset", "at the sea")}";
    }

    private static string Place(Background background, string plain, params string[] scenery) => background < Background.Meadow
        ? plain.Replace("{0}", background.ToString().ToLowerInvariant(), StringComparison.Ordinal)
        : scenery[background - Background.Meadow];

    private static int Counted(string question, Scene scene)
    {
        var what = Regex.Match(question, "^How many (?<what>.+?) (?:are there|do you see|does the picture show)$").Groups["what"].Value;
        return scene.Objects.Count(each => what.Split(' ') switch
        {
            ["objects" or "shapes"] => true,
            [var colour, "objects" or "shapes"] => each.Colour == WordReader.Colour(colour),
            _ => what.StartsWith(each.Shape.ToString(), StringComparison.OrdinalIgnoreCase),
        });
    }

    private static string Numeral(int count) => count switch { 0 => "zero", 1 => "one", 2 => "two", 3 => "three", _ => "four" };

    private static SceneObject Referred(string question, Scene scene) =>
        scene.Objects[WordReader.Referred(scene, Regex.Match(question, WordReader.ReferenceWords).Value)];

    private static bool Related(string question, Scene scene)
    {
        var match = Regex.Match(question, "^Is the (?<a>\\w+ \\w+) (?:to the |on the )?(?<how>left of|right of|above|over|on top of|below|under|beneath) the (?<b>\\w+ \\w+)$");
        Assert.True(match.Success, question);
        var (a, b) = (scene.Objects.Single(each => Is(each, match.Groups["a"].Value)), scene.Objects.Single(each => Is(each, match.Groups["b"].Value)));
        return match.Groups["how"].Value switch
        {
            "left of" => a.X < b.X - 8,
            "right of" => a.X > b.X + 8,
            "above" or "over" or "on top of" => a.Y < b.Y - 8,
            _ => a.Y > b.Y + 8,
        };
    }

    private static bool Is(SceneObject it, string words) => words.Equals($"{it.Colour} {it.Shape}", StringComparison.OrdinalIgnoreCase);
}
