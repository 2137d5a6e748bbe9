using OmniGen2.Reflection;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Reflection;

public sealed class JudgeWordsTests
{
    private static readonly RgbImage Any = new(8, 8);

    [Theory]
    [InlineData("a red star in the center on a white background", "a red star in the center on a white background")]
    [InlineData("Draw a red star in the center.", "a red star in the center")]
    [InlineData("can you draw a red star at the top and a blue ring on the left", "a red star at the top and a blue ring on the left")]
    [InlineData("at the sea, a picture of a red star", "a red star at the sea")]
    [InlineData("I want to see a red star", "a red star")]
    [InlineData("generate an image of a red star", "a red star")]
    public void Shapes_question_is_worded_as_the_checkpoint_has_learnt_it(string request, string described) =>
        Assert.Equal($"Does the picture match this request? Request: {described}. Give a score from 0 to 25.", new ShapesJudgeWords().Question(new JudgedPicture(request, Any)));

    [Fact]
    public void Shapes_question_of_a_judgement_that_was_trained_on_is_that_judgements()
    {
        var grammar = new Grammar(new WorldOptions());
        for (var i = 0; i < 50; i++)
        {
            var task = grammar.Judge(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, i), JudgeFault.Colour);
            Assert.Equal(task.Question, new ShapesJudgeWords().Question(new JudgedPicture(task.Request, Any)));
        }
    }

    [Theory]
    [InlineData("Score 25. The picture matches.", 25, "The picture matches.", null)]
    [InlineData("Score 15. The star should be red, not blue.", 15, "The star should be red, not blue.", "make the star red")]
    [InlineData("Score 12. The shape at the top should be a star, not a ring.", 12, "The shape at the top should be a star, not a ring.", "turn the ring at the top into a star")]
    [InlineData("Score 17. The background should be a meadow, not gray.", 17, "The background should be a meadow, not gray.", "change the background to a meadow")]
    [InlineData("Score 16. The red star should be at the top, not in the center.", 16, "The red star should be at the top, not in the center.", "put the red star at the top")]
    [InlineData("Score 10. The red star is missing.", 10, "The red star is missing.", "add a large striped red star at the top left")]
    [InlineData("Score 10. The pink ring is missing.", 10, "The pink ring is missing.", null)]
    public void Shapes_answer_is_read_and_its_fault_becomes_an_edit(string answer, double score, string words, string? repair) =>
        Assert.Equal(
            new Verdict { Score = score, Words = words, Repair = repair },
            Read(new ShapesJudgeWords(), answer, "a blue ring in the center and a large striped red star at the top left on a gray background"));

    [Theory]
    [InlineData("")]
    [InlineData("Yes.")]
    [InlineData("Score 99. Marvellous.")]
    [InlineData("{\"score\": 20}")]
    public void Shapes_answer_that_cannot_be_read_has_no_score(string answer)
    {
        var verdict = Read(new ShapesJudgeWords(), answer, "a star");
        Assert.Null(verdict.Score);
        Assert.StartsWith("The judge gave no score.", verdict.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"score": 20, "wrong": "Too small.", "edit": "enlarge the cat", "prompt": "a large cat"}""")]
    [InlineData("""Sure! ```json {"score": 20, "wrong": "Too small.", "edit": "enlarge the cat", "prompt": "a large cat"} ``` Anything else {?""")]
    [InlineData("""{"thought": {"x": 1}} {"score": 20.0, "wrong": "Too\n small.", "edit": " enlarge the cat ", "prompt": "a large cat", "more": []}""")]
    public void General_answer_is_found_between_whatever_stands_around_it(string answer) =>
        Assert.Equal(new Verdict { Score = 20, Words = "Too small.", Repair = "enlarge the cat", Rewording = "a large cat" }, Read(new GeneralJudgeWords(), answer, "a cat"));

    [Theory]
    [InlineData("")]
    [InlineData("Twenty of twenty-five.")]
    [InlineData("""{"score": "20"}""")]
    [InlineData("""{"score": 26}""")]
    [InlineData("""{"score": 1e999}""")]
    [InlineData("""{"score": 20""")]
    [InlineData("{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{")]
    public void General_answer_that_is_nonsense_has_no_score(string answer) => Assert.Null(Read(new GeneralJudgeWords(), answer, "a cat").Score);

    [Fact]
    public void Words_of_a_judge_are_one_short_line()
    {
        var verdict = Read(new GeneralJudgeWords(), $$"""{"score": 3, "wrong": "<b>\u0007bad</b>\r\n{{new string('x', 5000)}}"}""", "a cat");
        Assert.StartsWith("<b> bad</b> xxx", verdict.Words, StringComparison.Ordinal);
        Assert.InRange(verdict.Words.Length, 500, 610);
        Assert.DoesNotContain('\n', verdict.Words);
    }

    [Fact]
    public void General_question_names_the_pictures_it_shows()
    {
        var words = new GeneralJudgeWords();
        Assert.Contains("made for this request: “a cat”", words.Question(new JudgedPicture("a cat", Any)), StringComparison.Ordinal);
        Assert.Contains("The second picture is the result.", words.Question(new JudgedPicture("add a hat", Any) { References = [Any] }), StringComparison.Ordinal);
        Assert.Contains("The first 2 pictures", words.Question(new JudgedPicture("join them", Any) { References = [Any, Any] }), StringComparison.Ordinal);
    }

    private static Verdict Read(IJudgeWords words, string answer, string request) => words.Read(new JudgedPicture(request, Any), answer);
}
