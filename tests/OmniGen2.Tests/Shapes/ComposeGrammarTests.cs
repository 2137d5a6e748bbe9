using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class ComposeGrammarTests
{
    private static readonly Grammar Grammar = new(new WorldOptions { SingleReferenceShare = .1 });

    public static TheoryData<ComposeKind> Kinds => [.. Enum.GetValues<ComposeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Following_the_instruction_gives_the_target(ComposeKind kind)
    {
        for (var index = 0; index < 300; index++)
        {
            var task = Grammar.InContext(SceneRandom.ForTraining(31, index), kind);
            Assert.True(Follow(task).Equals(task.Target), task.Instruction);
        }
    }

    [Fact]
    public void References_of_a_pair_show_one_large_object_near_the_middle()
    {
        foreach (var reference in Enumerable.Range(0, 300).SelectMany(index => Grammar.InContext(SceneRandom.ForTraining(32, index), ComposeKind.Pair).References))
        {
            var it = Assert.Single(reference.Objects);
            Assert.Equal(ObjectSize.Large, it.Size);
            Assert.Equal(4, it.Cell);
            Assert.InRange(it.X, 58, 70);
        }
    }

    private static Scene Follow(ComposeTask task)
    {
        const string image = "(?:(?:from|of|in) )?(?:the (?<ordinal>first|second|third) image|image (?<number>\\d))";
        var text = WordReader.Clean(task.Instruction);
        var background = task.References[0].Background;
        if (Regex.Match(text, $" {WordReader.PlaceWords}$") is { Success: true } place)
        {
            background = WordReader.Place(place.Value.Trim());
            text = text[..place.Index];
        }

        // "put the star from the first image above the ring in image 2" → "put {0} above {1}".
        text = Regex.Replace(text, $"the (?<noun>{WordReader.ShapeWord}|object|shape) {image}", named => Named(task, named));
        text = Regex.Replace(text, image, whole => $"[{Number(whole)}]");
        if (text.Contains("background", StringComparison.Ordinal))
        {
            Assert.Matches(@" (on|with) the background \[2\]$", text);
            background = task.References[2].Background;
            text = Regex.Replace(text, " (on|with) the background .*$", "");
        }

        if (Regex.Match(text, $@"^(?:add \{{1\}} to|put \{{1\}} into) \[0\] (?<position>{WordReader.PositionWords})$") is { Success: true } insert)
        {
            return task.References[0].With(In(task.References[1], WordReader.Cell(insert.Groups["position"].Value)));
        }

        return new Scene(background, [.. Cells(text).Select((cell, index) => In(task.References[index], cell))]);
    }

    private static int[] Cells(string text) => text switch
    {
        "put {0} on the left and {1} on the right" or "put {0} and {1} side by side" or "{0} and {1} side by side"
            or "{0} and {1} next to each other" or "place {0} beside {1}" or "combine {0} and {1}" => [3, 5],
        "put {0} on the right and {1} on the left" => [5, 3],
        "put {0} above {1}" => [1, 7],
        "put {0} below {1}" => [7, 1],
        "put {0}, {1} and {2} in a row" or "place {0}, {1} and {2} in a row" or "put {0}, {1} and {2} side by side"
            or "{0}, {1} and {2} next to each other" => [3, 4, 5],
        _ => [WordReader.Cell(Regex.Match(text, $@"^(?:show|put|draw) \{{0\}} (?<position>{WordReader.PositionWords})$").Groups["position"].Value)],
    };

    private static string Named(ComposeTask task, Match named)
    {
        var number = Number(named);
        var noun = named.Groups["noun"].Value;
        Assert.True(noun is "object" or "shape" || WordReader.Shape(noun) == task.References[number].Objects[0].Shape, task.Instruction);
        return $"{{{number}}}";
    }

    private static int Number(Match match) => match.Groups["ordinal"].Value switch
    {
        "first" => 0,
        "second" => 1,
        "third" => 2,
        _ => int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture) - 1,
    };

    private static SceneObject In(Scene reference, int cell)
    {
        var (x, y) = Grid.CentreOf(cell);
        return reference.Objects[0] with { X = x, Y = y };
    }
}
