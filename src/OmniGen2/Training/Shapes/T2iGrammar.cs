namespace OmniGen2.Training.Shapes;

/// <summary>Prompts for pictures: an opener, the objects, the background.</summary>
internal static class T2iGrammar
{
    private static readonly string[] Openers =
    [
        "a picture of", "an image of", "draw", "show me", "create", "generate", "paint", "please draw",
        "make a picture of", "generate an image of", "a drawing of", "I want to see", "can you draw",
    ];

    public static T2iTask Describe(SceneRandom random, Scene scene)
    {
        var (body, task) = Body(random, new T2iTask("", scene));
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
    public static string Listing(SceneRandom random, Scene scene, bool positions) =>
        Words.List([.. random.Shuffle(scene.Objects).Select(each => positions ? $"{Phrases.Noun(random, each)} {Phrases.Position(random, each.Cell)}" : Phrases.Noun(random, each))]);

    private static (string Body, T2iTask Task) Body(SceneRandom random, T2iTask task)
    {
        var objects = task.Scene.Objects;
        if (objects.Length > 1 && objects.All(each => each.LooksLike(objects[0])))
        {
            return (Phrases.Several(random, objects[0], objects.Length), task);
        }

        if (objects.Length == 2 && random.Chance(.55))
        {
            var first = random.Below(2);
            var second = 1 - first;
            var direction = random.Pick(Relation.Between(objects[first], objects[second]));
            var body = $"{Phrases.Noun(random, objects[first])} {random.Pick(Words.Of(direction))} {Phrases.Noun(random, objects[second])}";
            return (body, task with { Relation = new Relation(first, direction, second) });
        }

        var positions = random.Chance(objects.Length == 1 ? .65 : .70);
        return (Listing(random, task.Scene, positions), task with { NamesPositions = positions });
    }
}
