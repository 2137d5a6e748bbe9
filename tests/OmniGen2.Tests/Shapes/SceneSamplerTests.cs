using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class SceneSamplerTests
{
    [Fact]
    public void Objects_stand_in_cells_of_their_own_and_inside_their_jitter()
    {
        foreach (var scene in Scenes(new WorldOptions()))
        {
            Assert.Equal(scene.Objects.Length, scene.Objects.Select(each => each.Cell).Distinct().Count());
            Assert.All(scene.Objects, each =>
            {
                var (x, y) = Grid.CentreOf(each.Cell);
                Assert.InRange(each.X - x, -Grid.Jitter(each.Size), Grid.Jitter(each.Size));
                Assert.InRange(each.Y - y, -Grid.Jitter(each.Size), Grid.Jitter(each.Size));
            });
        }
    }

    [Fact]
    public void Objects_are_all_alike_or_differ_in_shape_or_colour()
    {
        var twins = 0;
        foreach (var scene in Scenes(new WorldOptions()).Where(scene => scene.Objects.Length > 1))
        {
            var names = scene.Objects.Select(each => (each.Shape, each.Colour)).Distinct().Count();
            var alike = scene.Objects.All(each => each.LooksLike(scene.Objects[0]));
            Assert.True(alike || names == scene.Objects.Length);
            twins += alike ? 1 : 0;
        }

        Assert.InRange(twins, 60, 200);
    }

    [Fact]
    public void Narrow_world_keeps_to_its_bounds()
    {
        foreach (var scene in Scenes(WorldOptions.Beginner))
        {
            Assert.InRange(scene.Objects.Length, 1, 2);
            Assert.All(scene.Objects, each =>
            {
                Assert.Equal(Grid.CentreOf(each.Cell), (each.X, each.Y));
                Assert.NotEqual(Pattern.Dotted, each.Pattern);
            });
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void Crowds_for_the_autoencoder_fill_the_picture(int count)
    {
        var scene = new SceneSampler(new WorldOptions()).Scene(SceneRandom.ForTraining(0, 0), count);
        Assert.Equal(count, scene.Objects.Select(each => each.Cell).Distinct().Count());
    }

    [Fact]
    public void Impossible_options_say_what_is_possible()
    {
        Refuses(new WorldOptions { MaxObjects = 5 }, "maxObjects is 5");
        Refuses(new WorldOptions { Patterns = [] }, "patterns");
        Refuses(new WorldOptions { CountWeights = [1, 1] }, "countWeights");
        Refuses(new WorldOptions { EditCountWeights = [0, 0, 0, 0] }, "editCountWeights");
        Refuses(new WorldOptions { TwinShare = double.NaN }, "twinShare");
    }

    private static void Refuses(WorldOptions options, string name) =>
        Assert.Contains(name, Assert.Throws<ModelException>(() => new SceneSampler(options)).Message, StringComparison.Ordinal);

    private static IEnumerable<Scene> Scenes(WorldOptions options)
    {
        var sampler = new SceneSampler(options);
        return Enumerable.Range(0, 1000).Select(index => sampler.Scene(SceneRandom.ForTraining(5, index)));
    }
}
