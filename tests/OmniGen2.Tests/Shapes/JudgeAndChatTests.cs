using System.Text.RegularExpressions;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class JudgeAndChatTests
{
    private static readonly Grammar Grammar = new(new WorldOptions());

    public static TheoryData<JudgeFault, int> Faults => new()
    {
        { JudgeFault.None, 25 },
        { JudgeFault.Colour, 15 },
        { JudgeFault.Shape, 12 },
        { JudgeFault.Background, 17 },
        { JudgeFault.Position, 16 },
        { JudgeFault.Missing, 10 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Verdict_names_the_one_difference_between_the_request_and_the_picture(JudgeFault fault, int score)
    {
        for (var index = 0; index < 300; index++)
        {
            var task = Grammar.Judge(SceneRandom.ForTraining(51, index), fault);
            Assert.Equal(score, task.Score);
            Assert.StartsWith($"Score {score}. ", task.Answer, StringComparison.Ordinal);
            Assert.Contains($"Request: {task.Request}. Give", task.Question, StringComparison.Ordinal);
            Assert.Equal(Cells(task.Asked), Regex.Matches(task.Request, $"{WordReader.ShapeWord} (?<position>{WordReader.PositionWords})").Select(each => WordReader.Cell(each.Groups["position"].Value)).Order());
            Assert.Equal(task.Asked.Background, WordReader.Place(Regex.Match(task.Request, $"{WordReader.PlaceWords}$").Value));
            Assert.Equal(fault, Difference(task.Asked, task.Shown));
            AssertNames(task);
        }
    }

    [Fact]
    public void A_given_picture_is_judged_by_a_request_with_one_difference()
    {
        var faults = new HashSet<JudgeFault>();
        for (var index = 0; index < 600; index++)
        {
            var random = SceneRandom.ForTraining(55, index);
            var scene = Grammar.Scenes.DistinctScene(random, 1 + (index % 4));
            var task = Grammar.Judge(random, scene);
            Assert.Equal(scene, task.Shown);
            Assert.True(task.Asked.HasDistinctNames);
            Assert.Equal(task.Fault, Difference(task.Asked, task.Shown));
            AssertNames(task);
            Assert.True(task.Asked.Objects.Length <= WorldOptions.MostObjects);
            faults.Add(task.Fault);
        }

        Assert.Equal(Enum.GetValues<JudgeFault>(), faults.Order());
    }

    [Fact]
    public void Two_verdicts_of_five_are_a_match()
    {
        var matches = Enumerable.Range(0, 5000).Count(index => Grammar.Judge(SceneRandom.ForTraining(52, index)).Fault == JudgeFault.None);
        Assert.InRange(matches, 1850, 2150);
    }

    [Fact]
    public void Wishes_are_answered_with_a_picture_and_small_talk_with_words()
    {
        var chats = Enumerable.Range(0, 2000).Select(index => Grammar.Chat(SceneRandom.ForTraining(53, index))).ToArray();
        Assert.All(chats, each => Assert.Equal(each.Target is not null, each.Answer == ChatTask.PictureToken));
        Assert.All(chats, each => Assert.InRange(each.Pictures.Count, 0, 3));
        Assert.InRange(chats.Where(each => each.Target is null).Select(each => each.Message).Distinct().Count(), 12, 20);
    }

    [Fact]
    public void Tasks_are_the_same_on_every_thread()
    {
        var alone = Enumerable.Range(0, 300).Select(Everything).ToArray();
        var together = new string[alone.Length];
        Parallel.For(0, alone.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index => together[index] = Everything(index));
        Assert.Equal(alone, together);
    }

    private static string Everything(int index)
    {
        var random = SceneRandom.ForTraining(54, index);
        var (edit, compose) = (Grammar.Edit(random), Grammar.InContext(random));
        return string.Join('|', Grammar.T2i(random), edit.Instruction, compose.Instruction, Grammar.Question(random).Question, Grammar.Judge(random).Answer, Grammar.Chat(random).Message);
    }

    private static IEnumerable<int> Cells(Scene scene) => scene.Objects.Select(each => each.Cell).Order();

    private static JudgeFault Difference(Scene asked, Scene shown)
    {
        if (asked.Background != shown.Background)
        {
            return JudgeFault.Background;
        }

        if (asked.Objects.Length != shown.Objects.Length)
        {
            return JudgeFault.Missing;
        }

        var changed = asked.Objects.Zip(shown.Objects).Where(pair => pair.First != pair.Second).ToArray();
        return changed switch
        {
            [] => JudgeFault.None,
            [var (a, b)] when a.Shape != b.Shape => JudgeFault.Shape,
            [var (a, b)] when a.Colour != b.Colour => JudgeFault.Colour,
            _ => JudgeFault.Position,
        };
    }

    private static void AssertNames(JudgeTask task)
    {
        var pair = task.Asked.Objects.FirstOrDefault(each => !task.Shown.Objects.Contains(each));
        var words = task.Fault switch
        {
            JudgeFault.Colour => $"{pair.Shape}.* should be {pair.Colour}, not ",
            JudgeFault.Shape => $"the shape .* should be an? {pair.Shape}, not an? ",
            JudgeFault.Position => $"the {pair.Colour} {pair.Shape} should be .*, not ",
            JudgeFault.Missing => $"the {pair.Colour} {pair.Shape} is missing",
            JudgeFault.Background => "the background should be .*, not ",
            _ => "The picture matches",
        };
        Assert.Matches(new Regex(words, RegexOptions.IgnoreCase), task.Answer);
    }
}
