namespace OmniGen2.Training.Shapes;

/// <summary>Questions about a picture; every answer is worded in one way only, so that it can be compared letter by letter.</summary>
internal sealed class QuestionGrammar(SceneSampler sampler)
{
    // In the order of QuestionKind.
    private static readonly double[] KindWeights = [.28, .08, .10, .10, .10, .10, .06, .05, .06];

    public QuestionTask Sample(SceneRandom random) => Sample(random, (QuestionKind)random.Weighted(KindWeights));

    public QuestionTask Sample(SceneRandom random, QuestionKind kind)
    {
        // These name an object by colour and shape, so no two may share both; and a relation needs two.
        var options = sampler.Options;
        var scene = kind switch
        {
            QuestionKind.Where => sampler.DistinctScene(random, SceneSampler.Count(random, options.CountWeights, options.MaxObjects)),
            QuestionKind.Relation => sampler.DistinctScene(random, Math.Max(2, SceneSampler.Count(random, options.CountWeights, options.MaxObjects))),
            _ => sampler.Scene(random),
        };
        return About(random, kind, scene);
    }

    /// <summary>Whether a question of this kind has one right answer for the scene.</summary>
    public static bool CanAsk(QuestionKind kind, Scene scene) => kind switch
    {
        QuestionKind.Where => scene.HasDistinctNames,
        QuestionKind.Relation => scene.HasDistinctNames && scene.Objects.Length > 1,
        _ => true,
    };

    public static QuestionTask About(SceneRandom random, QuestionKind kind, Scene scene)
    {
        var index = random.Below(scene.Objects.Length);
        var (question, answer) = kind switch
        {
            QuestionKind.Caption => Caption(random, scene),
            QuestionKind.Count => CountQuestion.Sample(random, scene),
            QuestionKind.Colour => Colour(random, scene, index),
            QuestionKind.Shape => Shape(random, scene.Objects[index]),
            QuestionKind.Where => Where(random, scene.Objects[index]),
            QuestionKind.YesNo => YesNo(random, scene, index),
            QuestionKind.Background => Background(random, scene),
            QuestionKind.Pattern => Pattern(random, scene, index),
            _ => Relate(random, scene),
        };
        return new QuestionTask(kind, question, answer, scene);
    }

    private static (string Question, string Answer) Caption(SceneRandom random, Scene scene)
    {
        var objects = scene.Objects.OrderBy(each => each.Cell).Select(each => $"{Phrases.Exact(each)} {Words.Position(each.Cell)[0]}");
        return (
            random.Pick("Describe the picture.", "Describe this image.", "What is in the picture?", "What do you see?", "What does the picture show?"),
            Words.Sentence($"{Words.List([.. objects])} {Words.Place(scene.Background)[0]}"));
    }

    private static (string Question, string Answer) Colour(SceneRandom random, Scene scene, int index)
    {
        var name = Phrases.ColourlessReference(random, scene, index);
        return (
            random.Pick($"What color is {name}?", $"What color does {name} have?", $"Which color is {name}?"),
            Words.Sentence(Words.Of(scene.Objects[index].Colour)));
    }

    private static (string Question, string Answer) Shape(SceneRandom random, SceneObject it)
    {
        var position = Phrases.Position(random, it.Cell);
        return (
            random.Pick($"What is {position}?", $"What shape is {position}?", $"Which shape is {position}?"),
            Words.Sentence(Words.Article(Words.Of(it.Shape))));
    }

    private static (string Question, string Answer) Where(SceneRandom random, SceneObject it) => (
        random.Pick($"Where is {Name(it)}?", $"Where can I see {Name(it)}?"),
        Words.Sentence(Words.Position(it.Cell)[0]));

    private static (string Question, string Answer) YesNo(SceneRandom random, Scene scene, int index)
    {
        var asked = scene.Objects[index];
        if (random.Chance(.5))
        {
            asked = NearMiss(random, scene, asked);
        }

        var noun = Words.Article($"{Words.Of(asked.Colour)} {Words.Of(asked.Shape)}");
        return (
            random.Pick($"Is there {noun}?", $"Can you see {noun}?", $"Does the picture show {noun}?"),
            YesOrNo(scene.Objects.Any(each => each.Shape == asked.Shape && each.Colour == asked.Colour)));
    }

    private static (string Question, string Answer) Background(SceneRandom random, Scene scene) => (
        random.Pick("What is the background?", "What is behind the objects?", "Which background does the picture have?"),
        Words.Sentence(Words.Name(scene.Background)));

    private static (string Question, string Answer) Pattern(SceneRandom random, Scene scene, int index)
    {
        var it = scene.Objects[index];
        var name = Phrases.ColourlessReference(random, scene, index);
        return (
            random.Pick($"What pattern does {name} have?", $"Which pattern does {name} have?", $"Is {name} plain, striped or dotted?"),
            Words.Sentence(it.Pattern == Shapes.Pattern.Plain ? "plain" : Words.Of(it.Pattern)[0]));
    }

    private static (string Question, string Answer) Relate(SceneRandom random, Scene scene)
    {
        var order = random.Shuffle(scene.Objects);
        var direction = random.Pick(Relation.Between(order[0], order[1]));
        var isTrue = random.Chance(.5);
        var asked = isTrue ? direction : Relation.Opposite(direction);
        return ($"Is {Name(order[0])} {random.Pick(Words.Of(asked))} {Name(order[1])}?", YesOrNo(isTrue));
    }

    /// <summary>An object that is not there but shares its shape or its colour with one that is.</summary>
    private static SceneObject NearMiss(SceneRandom random, Scene scene, SceneObject it)
    {
        while (true)
        {
            var other = random.Chance(.5) ? it with { Colour = random.Pick(World.Colours) } : it with { Shape = random.Pick(World.Shapes) };
            if (!scene.Objects.Any(each => each.Shape == other.Shape && each.Colour == other.Colour))
            {
                return other;
            }
        }
    }

    private static string Name(SceneObject of) => $"the {Words.Of(of.Colour)} {Words.Of(of.Shape)}";

    private static string YesOrNo(bool yes) => yes ? QuestionTask.Yes : QuestionTask.No;
}
