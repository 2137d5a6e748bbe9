namespace OmniGen2.Training.Shapes;

/// <summary>Prompts for pictures: an opener, the objects, the background.</summary>
internal static class T2iGrammar
{
    private static readonly string[] Openers =
    [
        "a picture of", "an image of", "draw", "show me", "create", "generate", "paint", "please draw",
        "make a picture of", "generate an image of", "a drawing of", "I want to see", "can you draw",
    ];

    /// <param name="random">Chooses the words.</param>
    /// <param name="scene">What the prompt describes.</param>
    /// <param name="order">The objects as the prompt names them, one after the other.</param>
    public static T2iTask Describe(SceneRandom random, Scene scene, out int[] order)
    {
        (var body, var task, order) = Body(random, new T2iTask("", scene));
        var text = random.Chance(.22) ? body : $"{random.Pick(Openers)} {body}";
        if (random.Chance(.85))
        {
            var place = Phrases.Place(random, scene.Background);
            text = random.Chance(.12) ? $"{place}, {text}" : $"{text} {place}";
            task = task with { NamesBackground = true };
        }

        return task with { Prompt = Phrases.MaybeSentence(random, text) };
    }

    /// <summary>"a red star" for "draw a red star".</summary>
    public static string WithoutOpener(string text)
    {
        // "generate an image of" before "generate".
        var opener = Openers.OrderByDescending(each => each.Length).FirstOrDefault(each => text.StartsWith(each + " ", StringComparison.OrdinalIgnoreCase));
        return opener is null ? text : text[(opener.Length + 1)..];
    }

    /// <summary>"a red star at the top and a blue ring in the center": for judgements too.</summary>
    public static string Listing(SceneRandom random, Scene scene, bool positions) => Listing(random, random.Shuffle(scene.Objects), positions);

    private static string Listing(SceneRandom random, IEnumerable<SceneObject> objects, bool positions) =>
        Words.List([.. objects.Select(each => positions ? $"{Phrases.Noun(random, each)} {Phrases.Position(random, each.Cell)}" : Phrases.Noun(random, each))]);

    private static (string Body, T2iTask Task, int[] Order) Body(SceneRandom random, T2iTask task)
    {
        var objects = task.Scene.Objects;
        if (objects.Length > 1 && objects.All(each => each.LooksLike(objects[0])))
        {
            return (Phrases.Several(random, objects[0], objects.Length), task, [.. Enumerable.Range(0, objects.Length)]);
        }

        if (objects.Length == 2 && random.Chance(.55))
        {
            var first = random.Below(2);
            var second = 1 - first;
            var direction = random.Pick(Relation.Between(objects[first], objects[second]));
            var body = $"{Phrases.Noun(random, objects[first])} {random.Pick(Words.Of(direction))} {Phrases.Noun(random, objects[second])}";
            return (body, task with { Relation = new Relation(first, direction, second) }, [first, second]);
        }

        var positions = random.Chance(objects.Length == 1 ? .65 : .70);
        var order = random.Shuffle(Enumerable.Range(0, objects.Length));
        return (Listing(random, order.Select(i => objects[i]), positions), task with { NamesPositions = positions }, order);
    }
}
