using OmniGen2.Training.Language;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Training.Language;

public sealed class GroundingTests
{
    private static readonly Scene Scene = new(Background.Green, [
        new SceneObject(Shape.Star, Colour.Red, Pattern.Plain, ObjectSize.Small, 21, 21),
        new SceneObject(Shape.Star, Colour.Blue, Pattern.Striped, ObjectSize.Large, 107, 64)]);

    [Fact]
    public void All_objects_that_fit_are_found_and_no_others()
    {
        Assert.Equal([0, 5], Found(new PhraseState(Colour: 0, Shape: 4, 0, 0, 0, 0, 0)));
        Assert.Equal([5], Found(new PhraseState(Colour: 5, Shape: 4, 0, 0, 0, 0, 0)));
        Assert.Equal([0], Found(new PhraseState(0, 0, 0, 0, Column: 1, Row: 1, 0)));
        Assert.Equal([], Found(new PhraseState(Colour: 1, Shape: 4, Size: 3, 0, 0, 0, 0)));
    }

    [Fact]
    public void A_background_is_compared_with_the_pictures()
    {
        Assert.Equal([Grid.Cells], Found(new PhraseState(0, 0, 0, 0, 0, 0, Background: 5)));
        Assert.Equal([], Found(new PhraseState(0, 0, 0, 0, 0, 0, Background: 6)));
    }

    [Fact]
    public void Nothing_said_is_nothing_to_find() => Assert.Null(Grounding.Labels(default, Scene));

    [Fact]
    public void A_request_holds_until_its_first_wrong_word()
    {
        Assert.Equal([true, true, true, true, true, true, true, true, true, true, true, true], Holds("a small red star at the top left on a green background"));
        // Wrong is seen when the next thing begins.
        Assert.Equal([true, true, true, true, true, true, true, false, false, false], Holds("a red star on the left on a green background"));
        Assert.Equal([true, true, true, true, true, true, true, true, false], Holds("a big blue star on the right at sea"));

        static IEnumerable<bool> Holds(string request) =>
            Grounding.Holds(PhraseReader.Read(request, Mini.Template.Tokenizer.EncodePlain(request), Mini.Template.Tokenizer, isQuestion: true), Scene);
    }

    [Fact]
    public void A_request_holds_to_its_end_if_and_only_if_it_is_met()
    {
        var grammar = new Grammar(new WorldOptions());
        for (var i = 0; i < 400; i++)
        {
            var task = grammar.Judge(SceneRandom.ForTraining(8, i));
            var tokens = Mini.Template.Tokenizer.EncodePlain(task.Question);
            var holds = Grounding.Holds(PhraseReader.Read(task.Question, tokens, Mini.Template.Tokenizer, isQuestion: true), task.Shown);
            Assert.Equal(task.Fault == JudgeFault.None, holds.Last());
        }
    }

    private static IEnumerable<int> Found(PhraseState said) => Grounding.Labels(said, Scene)!.Index().Where(each => each.Item == 1).Select(each => each.Index);
}
