namespace OmniGen2.Training.Shapes;

/// <summary>Judgements for the reflection loop: does the picture match the request, and if not, what should be otherwise.</summary>
internal sealed class JudgeGrammar(SceneSampler sampler)
{
    private const double MatchShare = .4;

    // In the order of JudgeFault.
    private static readonly int[] Scores = [25, 15, 12, 17, 16, 10];

    public JudgeTask Sample(SceneRandom random) =>
        Sample(random, random.Chance(MatchShare) ? JudgeFault.None : (JudgeFault)random.Between((int)JudgeFault.Colour, (int)JudgeFault.Missing));

    public JudgeTask Sample(SceneRandom random, JudgeFault fault)
    {
        var options = sampler.Options;
        var count = SceneSampler.Count(random, options.CountWeights, options.MaxObjects);
        // A picture without any object could hardly be blamed for one that is missing.
        count = fault == JudgeFault.Missing ? Math.Max(2, count) : count;
        var asked = sampler.DistinctScene(random, count);
        var (shown, verdict) = Spoil(random, fault, asked, random.Below(count));
        var request = $"{T2iGrammar.Listing(random, asked, positions: true)} {Phrases.Place(random, asked.Background)}";
        var score = Scores[(int)fault];
        return new JudgeTask(
            fault,
            request,
            $"Does the picture match this request? Request: {request}. Give a score from 0 to 25.",
            score,
            $"Score {score}. {verdict}",
            asked,
            shown);
    }

    private (Scene Shown, string Verdict) Spoil(SceneRandom random, JudgeFault fault, Scene asked, int index)
    {
        var it = asked.Objects[index];
        switch (fault)
        {
            case JudgeFault.Colour:
                var colour = Other(random, World.Colours, it.Colour);
                return (asked.Replace(index, it with { Colour = colour }), Verdict(Place(asked, index), Words.Of(it.Colour), Words.Of(colour)));
            case JudgeFault.Shape:
                var shape = Other(random, World.Shapes, it.Shape);
                var where = $"the shape {Words.Position(it.Cell)[0]}";
                return (asked.Replace(index, it with { Shape = shape }), Verdict(where, Words.Article(Words.Of(it.Shape)), Words.Article(Words.Of(shape))));
            case JudgeFault.Background:
                var background = Other(random, World.Backgrounds, asked.Background);
                return (asked with { Background = background }, Verdict("the background", Words.Bare(asked.Background), Words.Bare(background)));
            case JudgeFault.Position:
                var cell = random.Pick(asked.FreeCells());
                return (asked.Replace(index, sampler.At(random, it, cell)), Verdict(Name(it), Words.Position(it.Cell)[0], Words.Position(cell)[0]));
            case JudgeFault.Missing:
                return (asked.Without(index), Words.Sentence($"{Name(it)} is missing"));
            default:
                return (asked, "The picture matches.");
        }
    }

    private static T Other<T>(SceneRandom random, IReadOnlyList<T> values, T present) =>
        random.Pick<T>([.. values.Where(each => !EqualityComparer<T>.Default.Equals(each, present))]);

    private static string Verdict(string what, string asked, string shown) => Words.Sentence($"{what} should be {asked}, not {shown}");

    /// <summary>"the star", or "the star at the top" where the request has several.</summary>
    private static string Place(Scene asked, int index)
    {
        var it = asked.Objects[index];
        var name = $"the {Words.Of(it.Shape)}";
        return asked.Objects.Count(each => each.Shape == it.Shape) == 1 ? name : $"{name} {Words.Position(it.Cell)[0]}";
    }

    private static string Name(SceneObject of) => $"the {Words.Of(of.Colour)} {Words.Of(of.Shape)}";
}
