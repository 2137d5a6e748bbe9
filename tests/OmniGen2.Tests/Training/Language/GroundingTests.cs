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

    private static IEnumerable<int> Found(PhraseState said) => Grounding.Labels(said, Scene)!.Index().Where(each => each.Item == 1).Select(each => each.Index);
}
