using OmniGen2.Evaluation.Shapes;
using OmniGen2.Reflection;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Reflection;

public sealed class CaptionJudgeTests
{
    private const string Request = "a large red star at the top and a striped blue ring in the center on a white background";

    private readonly CaptionJudgeWords _judge = new();

    [Fact]
    public void Every_prompt_and_caption_of_the_world_is_read_as_it_was_meant()
    {
        var grammar = new Grammar(new WorldOptions());
        for (var i = 0; i < 400; i++)
        {
            var random = SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, i);
            var task = grammar.T2i(random);
            var caption = Grammar.Question(random, QuestionKind.Caption, task.Scene);
            var verdict = Read(task.Prompt, caption.Answer);
            Assert.True(verdict.Score == Verdict.MaxScore, $"“{task.Prompt}” and “{caption.Answer}”: {verdict.Words}");
        }
    }

    [Fact]
    public void Verdict_of_a_true_caption_agrees_with_the_strict_score()
    {
        var grammar = new Grammar(new WorldOptions());
        var judged = Enumerable.Range(0, 200).Select(i => grammar.Judge(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, i))).ToList();
        Assert.All(judged, task =>
        {
            var caption = Grammar.Question(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, 0), QuestionKind.Caption, task.Shown).Answer;
            Assert.Equal(Scores.Whole(task.Asked, task.Shown), Read(task.Request, caption).Score == Verdict.MaxScore);
        });
        Assert.Contains(judged, x => x.Fault == JudgeFault.None);
    }

    [Theory]
    [InlineData("A large red star at the top and a striped blue ring in the center on a white background.", 25, "The picture matches.", null)]
    [InlineData("A large red star at the top and a blue ring in the center on a white background.", 20, "The blue ring should be striped.", "make the blue ring striped")]
    [InlineData("A large pink star at the top and a striped blue ring in the center on a white background.", 20, "The pink star should be red.", "make the pink star red")]
    [InlineData("A large red heart at the top and a striped blue ring in the center on a white background.", 20, "The red heart should be a star.", "turn the red heart into a star")]
    [InlineData("A large green heart at the top and a striped blue ring in the center on a white background.", 17, "The green heart should be a red star.", "replace the green heart with a red star")]
    [InlineData("A striped blue ring in the center on a white background.", 17, "The red star is missing.", "add a large red star at the top")]
    [InlineData("A large red star at the top, a pink ring on the left and a striped blue ring in the center on a white background.", 17, "The pink ring should not be there.", "remove the pink ring")]
    [InlineData("A large red star at the top and a striped blue ring in the center in a meadow.", 20, "The background should be white, not a meadow.", "change the background to white")]
    [InlineData("A striped blue ring in the center and a large red star at the bottom on a white background.", 21, "The red star should be at the top, not at the bottom.", "move the red star to the top")]
    [InlineData("A pink ring in the center on a black background.", 2, "The red star is missing. The pink ring should be blue. The pink ring should be striped. The background should be white, not black.", "add a large red star at the top")]
    public void Fault_of_the_picture_is_named_and_mended(string caption, double score, string words, string? repair)
    {
        var verdict = Read(Request, caption);
        Assert.Equal((words, repair), (verdict.Words, verdict.Repair));
        Assert.Equal(score, verdict.Score);
    }

    [Fact]
    public void Relation_that_does_not_hold_is_named() =>
        Assert.Equal(
            new Verdict { Score = 21, Words = "The red star should be left of the blue ring." },
            Read("a red star to the left of a blue ring", "A blue ring on the left and a red star on the right on a white background."));

    [Theory]
    [InlineData("a photo of a cat")]
    [InlineData("a red star beside a house")]
    [InlineData("a red star at the top and a blue ring")]
    public void Request_in_other_words_is_left_to_the_learnt_question(string request)
    {
        Assert.Equal(new ShapesJudgeWords().Question(new JudgedPicture(request, new RgbImage(8, 8))), _judge.Question(new JudgedPicture(request, new RgbImage(8, 8))));
        Assert.Equal(25, Read(request, "Score 25. The picture matches.").Score);
    }

    [Fact]
    public void Every_edit_of_the_world_is_done_to_the_description_as_it_was_meant()
    {
        var grammar = new Grammar(new WorldOptions());
        for (var i = 0; i < 600; i++)
        {
            var random = SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, i);
            var kinds = grammar.EditKinds;
            var task = grammar.Edit(random, kinds[i % kinds.Count]);
            if (task.Target.Objects.Length == 0)
            {
                // Nothing is left to describe.
                continue;
            }

            var (before, after) = (Caption(task.Source), Caption(task.Target));
            var verdict = ReadEdit(task.Instruction, before, after);
            Assert.True(verdict.Score == Verdict.MaxScore, $"“{before}”, “{task.Instruction}” and “{after}”: {verdict.Words}");
            Assert.Equal(Scores.Whole(task.Source, task.Target), ReadEdit(task.Instruction, before, before).Score == Verdict.MaxScore);
        }

        static string Caption(Scene scene) => Grammar.Question(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, 0), QuestionKind.Caption, scene).Answer;
    }

    [Theory]
    [InlineData("make it nicer")]
    [InlineData("make the heart blue")]
    [InlineData("make the star sparkle")]
    public void Edit_that_is_not_understood_has_no_score(string instruction) =>
        Assert.Null(ReadEdit(instruction, "A large red star at the top on a white background.", "A large red star at the top on a white background.").Score);

    [Fact]
    public void Fault_of_an_edit_is_named_and_mended()
    {
        var verdict = ReadEdit("make the star blue", "A large red star at the top on a white background.", "A large green star at the top on a white background.");
        Assert.Equal((20, "The green star should be blue.", "make the green star blue"), (verdict.Score, verdict.Words, verdict.Repair));
    }

    [Fact]
    public void Description_that_is_none_has_no_score() => Assert.Null(Read(Request, "Hello!").Score);

    private Verdict ReadEdit(string instruction, string before, string after) =>
        _judge.Read(new JudgedPicture(instruction, new RgbImage(8, 8)) { References = [new RgbImage(8, 8)], Described = [before] }, after);

    private Verdict Read(string request, string answer) => _judge.Read(new JudgedPicture(request, new RgbImage(8, 8)), answer);
}
