namespace OmniGen2.Training.Shapes;

/// <summary>Judgements for the reflection loop: does the picture match the request, and if not, what should be otherwise.</summary>
internal sealed class JudgeGrammar(SceneSampler sampler)
{
    private const double MatchShare = .4;

    // In the order of JudgeFault.
    private static readonly int[] Scores = [25, 15, 12, 17, 16, 10];

    public static string Question(string request) => $"Does the picture match this request? Request: {request}. Give a score from 0 to 25.";

    public JudgeTask Sample(SceneRandom random) => Sample(random, AnyFault(random, hasRoom: true));

    public JudgeTask Sample(SceneRandom random, JudgeFault fault)
    {
        var options = sampler.Options;
        var count = SceneSampler.Count(random, options.CountWeights, options.MaxObjects);
        // A picture without any object could hardly be blamed for one that is missing.
        count = fault == JudgeFault.Missing ? Math.Max(2, count) : count;
        var asked = sampler.DistinctScene(random, count);
        var index = random.Below(count);
        var shown = fault == JudgeFault.Missing ? asked.Without(index) : Change(random, fault, asked, index);
        return Task(random, fault, asked, shown, index);
    }

    /// <summary>The other way round: what a picture of this scene might have been asked for.</summary>
    public JudgeTask Sample(SceneRandom random, Scene shown)
    {
        var fault = AnyFault(random, hasRoom: shown.Objects.Length < sampler.Options.MaxObjects);
        while (true)
        {
            var index = fault == JudgeFault.Missing ? shown.Objects.Length : random.Below(shown.Objects.Length);
            var asked = fault == JudgeFault.Missing
                ? shown.With(sampler.Object(random, random.Pick(shown.FreeCells())))
                : Change(random, fault, shown, index);
            if (asked.HasDistinctNames)
            {
                return Task(random, fault, asked, shown, index);
            }
        }
    }

    private static JudgeFault AnyFault(SceneRandom random, bool hasRoom) => random.Chance(MatchShare)
        ? JudgeFault.None
        : (JudgeFault)random.Between((int)JudgeFault.Colour, (int)(hasRoom ? JudgeFault.Missing : JudgeFault.Position));

    private static JudgeTask Task(SceneRandom random, JudgeFault fault, Scene asked, Scene shown, int index)
    {
        var request = $"{T2iGrammar.Listing(random, asked, positions: true)} {Phrases.Place(random, asked.Background)}";
        var score = Scores[(int)fault];
        return new JudgeTask(
            fault,
            request,
            Question(request),
            score,
            $"Score {score}. {Verdict(fault, asked, shown, index)}",
            asked,
            shown);
    }

    private Scene Change(SceneRandom random, JudgeFault fault, Scene scene, int index)
    {
        var it = scene.Objects[index];
        return fault switch
        {
            JudgeFault.Colour => scene.Replace(index, it with { Colour = Other(random, World.Colours, it.Colour) }),
            JudgeFault.Shape => scene.Replace(index, it with { Shape = Other(random, World.Shapes, it.Shape) }),
            JudgeFault.Background => scene with { Background = Other(random, World.Backgrounds, scene.Background) },
            JudgeFault.Position => scene.Replace(index, sampler.At(random, it, random.Pick(scene.FreeCells()))),
            _ => scene,
        };
    }

    private static string Verdict(JudgeFault fault, Scene asked, Scene shown, int index)
    {
        var it = asked.Objects[index];
        switch (fault)
        {
            case JudgeFault.Colour:
                return Verdict(Place(asked, index), Words.Of(it.Colour), Words.Of(shown.Objects[index].Colour));
            case JudgeFault.Shape:
                var where = $"the shape {Words.Position(it.Cell)[0]}";
                return Verdict(where, Words.Article(Words.Of(it.Shape)), Words.Article(Words.Of(shown.Objects[index].Shape)));
            case JudgeFault.Background:
                return Verdict("the background", Words.Bare(asked.Background), Words.Bare(shown.Background));
            case JudgeFault.Position:
                return Verdict(Name(it), Words.Position(it.Cell)[0], Words.Position(shown.Objects[index].Cell)[0]);
            case JudgeFault.Missing:
                return Words.Sentence($"{Name(it)} is missing");
            default:
                return "The picture matches.";
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
