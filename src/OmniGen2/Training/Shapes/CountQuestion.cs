namespace OmniGen2.Training.Shapes;

/// <summary>"How many stars are there?"</summary>
internal static class CountQuestion
{
    // How often the answer is one that the picture has, where a colour or a shape is asked for.
    private const double AskedForIsThere = .75;

    public static (string Question, string Answer) Sample(SceneRandom random, Scene scene)
    {
        var some = random.Pick<SceneObject>(scene.Objects);
        var isThere = random.Chance(AskedForIsThere);
        switch (random.Below(3))
        {
            case 0:
                return (Ask(random, random.Pick("objects", "shapes")), Answer(scene.Objects.Length));
            case 1:
                var colour = isThere ? some.Colour : random.Pick(World.Colours);
                return (Ask(random, $"{Words.Of(colour)} {random.Pick("objects", "shapes")}"), Answer(scene.Objects.Count(each => each.Colour == colour)));
            default:
                var shape = isThere ? some.Shape : random.Pick(World.Shapes);
                return (Ask(random, Words.Plural(shape)), Answer(scene.Objects.Count(each => each.Shape == shape)));
        }
    }

    private static string Ask(SceneRandom random, string what) =>
        random.Pick($"How many {what} are there?", $"How many {what} do you see?", $"How many {what} does the picture show?");

    private static string Answer(int count) => Words.Sentence(Words.Numbers[count]);
}
