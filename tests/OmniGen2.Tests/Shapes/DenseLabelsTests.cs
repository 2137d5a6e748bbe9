using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class DenseLabelsTests
{
    [Fact]
    public void A_token_shows_the_object_nearest_to_its_centre()
    {
        // Token centres are at 12.8, 38.4, 64, 89.6 and 115.2.
        var scene = new Scene(Background.Sunset, [
            new SceneObject(Shape.Star, Colour.Blue, Pattern.Dotted, ObjectSize.Large, 64, 64),
            new SceneObject(Shape.Circle, Colour.White, Pattern.Plain, ObjectSize.Small, 107, 21)]);
        var labels = DenseLabels.Of(scene, 5);

        Assert.Equal(125, labels.Length);
        Assert.Equal([4, 5, 3, 3, 10], Token(12));
        Assert.Equal([1, 9, 1, 1, 10], Token(4));
        // The large star reaches 21.55 pixels, no neighbour of the middle; the small circle 17.05, less than the 17.4 to the next tokens.
        foreach (var empty in (int[])[0, 3, 9, 11, 13])
        {
            Assert.Equal([0, 0, 0, 0, 10], Token(empty));
        }

        long[] Token(int index) => labels[(index * 5)..((index + 1) * 5)];
    }

    [Fact]
    public void Of_two_objects_in_reach_the_nearer_one_counts()
    {
        var far = new SceneObject(Shape.Ring, Colour.Red, Pattern.Plain, ObjectSize.Large, 64 - 15, 64);
        var near = new SceneObject(Shape.Heart, Colour.Green, Pattern.Striped, ObjectSize.Medium, 64 + 10, 64);
        var labels = DenseLabels.Of(new Scene(Background.White, [far, near]), 5);
        Assert.Equal([5, 4, 2, 2, 0], labels[(12 * 5)..(13 * 5)]);
    }
}
