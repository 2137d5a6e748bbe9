namespace OmniGen2.Training.Shapes;

/// <summary>"change the background to a meadow".</summary>
internal static class BackgroundEdit
{
    // What may stand before the word "background".
    private static readonly string[] SceneryWords = ["meadow", "night sky", "sunset", "sea"];

    public static (Scene Target, string Text) Sample(SceneRandom random, Scene source)
    {
        var background = random.Pick<Background>([.. World.Backgrounds.Where(each => each != source.Background)]);
        var bare = Words.Bare(background);
        var text = random.Pick(
            $"change the background to {bare}",
            $"make the background {bare}",
            $"set the background to {bare}",
            $"use a {Word(background)} background",
            $"put this {Phrases.Place(random, background)}");
        return (source with { Background = background }, text);
    }

    private static string Word(Background background) =>
        World.IsPlain(background) ? Words.Plain(background) : SceneryWords[background - Background.Meadow];
}
