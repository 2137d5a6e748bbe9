namespace OmniGen2.Training.Shapes;

/// <summary>"make the star striped", "give the ring dots", "remove the pattern from the heart".</summary>
internal static class PatternEdit
{
    public static (Scene Target, string Text) Sample(SceneRandom random, Scene source, int index, IReadOnlyList<Pattern> allowed)
    {
        var it = source.Objects[index];
        var pattern = random.Pick<Pattern>([.. allowed.Where(each => each != it.Pattern)]);
        var name = Phrases.Reference(random, source, index);
        return (source.Replace(index, it with { Pattern = pattern }), Text(random, pattern, name));
    }

    private static string Text(SceneRandom random, Pattern pattern, string name) => pattern switch
    {
        Pattern.Striped => random.Pick($"make {name} {random.Pick(Words.Of(pattern))}", $"add stripes to {name}", $"give {name} stripes"),
        Pattern.Dotted => random.Pick($"make {name} {random.Pick(Words.Of(pattern))}", $"add dots to {name}", $"give {name} dots"),
        _ => random.Pick($"make {name} plain", $"remove the pattern from {name}"),
    };
}
