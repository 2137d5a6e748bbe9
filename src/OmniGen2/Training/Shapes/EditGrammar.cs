namespace OmniGen2.Training.Shapes;

/// <summary>Edits: draws a scene that allows the edit, changes it, and says how.</summary>
internal sealed class EditGrammar(SceneSampler sampler)
{
    private const int MostToAddTo = 3;

    // In the order of EditKind.
    private static readonly double[] KindWeights = [.17, .10, .11, .12, .17, .10, .15, .08];

    public IReadOnlyList<EditKind> Possible => [.. Enum.GetValues<EditKind>().Where(IsPossible)];

    private WorldOptions Options => sampler.Options;

    public EditTask Sample(SceneRandom random)
    {
        var weights = KindWeights.Select((weight, kind) => IsPossible((EditKind)kind) ? weight : 0);
        return Sample(random, (EditKind)random.Weighted([.. weights]));
    }

    public EditTask Sample(SceneRandom random, EditKind kind)
    {
        if (!IsPossible(kind))
        {
            throw new ModelException(
                $"An edit of kind {kind} needs 2 objects and 2 patterns; maxObjects is {Options.MaxObjects} and patterns has {Options.Patterns.Count}.");
        }

        // Few draws are refused: a change must not give two objects the same name.
        while (true)
        {
            if (Try(random, kind, Source(random, kind)) is { } task)
            {
                return task;
            }
        }
    }

    /// <summary>An edit of this very scene.</summary>
    public EditTask Sample(SceneRandom random, Scene source)
    {
        var weights = KindWeights.Select((weight, kind) => IsPossible((EditKind)kind, source) ? weight : 0).ToArray();
        while (true)
        {
            if (Try(random, (EditKind)random.Weighted(weights), source) is { } task)
            {
                return task;
            }
        }
    }

    private EditTask? Try(SceneRandom random, EditKind kind, Scene source)
    {
        var (target, text) = Edit(random, kind, source, random.Below(source.Objects.Length));
        return SharedNames(target) <= SharedNames(source) ? new EditTask(kind, Phrases.MaybeSentence(random, text), source, target) : null;
    }

    private bool IsPossible(EditKind kind, Scene source) => IsPossible(kind) && kind switch
    {
        EditKind.Add => source.Objects.Length <= MostToAddTo,
        EditKind.Remove => source.Objects.Length > 1,
        _ => true,
    };

    private bool IsPossible(EditKind kind) => kind switch
    {
        EditKind.Add => Options.MaxObjects > 1,
        EditKind.Pattern => Options.Patterns.Count > 1,
        _ => true,
    };

    private Scene Source(SceneRandom random, EditKind kind)
    {
        var most = kind == EditKind.Add ? Math.Min(MostToAddTo, Options.MaxObjects - 1) : Options.MaxObjects;
        var count = SceneSampler.Count(random, Options.EditCountWeights, most);
        if (kind == EditKind.Remove && Options.MaxObjects > 1 && !random.Chance(.2))
        {
            count = Math.Max(2, count);
        }

        return sampler.Scene(random, count);
    }

    private (Scene Target, string Text) Edit(SceneRandom random, EditKind kind, Scene source, int index) => kind switch
    {
        EditKind.Recolour => Recolour(random, source, index),
        EditKind.Background => BackgroundEdit.Sample(random, source),
        EditKind.Add => Add(random, source),
        EditKind.Move => Move(random, source, index),
        EditKind.Replace => Replace(random, source, index),
        EditKind.Remove => Remove(random, source, index),
        EditKind.Pattern => PatternEdit.Sample(random, source, index, Options.Patterns),
        _ => SizeEdit.Sample(random, source, index),
    };

    private static int SharedNames(Scene scene) =>
        scene.Objects.Length - scene.Objects.Select(each => (each.Shape, each.Colour)).Distinct().Count();

    private static (Scene Target, string Text) Recolour(SceneRandom random, Scene source, int index)
    {
        var it = source.Objects[index];
        var name = Phrases.Reference(random, source, index);
        var colour = random.Pick<Colour>([.. World.Colours.Where(each => each != it.Colour)]);
        var word = Words.Of(colour);
        var text = random.Pick(
            $"make {name} {word}",
            $"change {name} to {word}",
            $"recolor {name} to {word}",
            $"paint {name} {word}",
            $"turn {name} {word}",
            $"change the color of {name} to {word}",
            $"{name} should be {word}");
        return (source.Replace(index, it with { Colour = colour }), text);
    }

    private (Scene Target, string Text) Add(SceneRandom random, Scene source)
    {
        var added = sampler.Object(random, random.Pick(source.FreeCells()));
        var text = $"{random.Pick("add", "put", "draw", "place")} {Phrases.Noun(random, added)} {Phrases.Position(random, added.Cell)}";
        return (source.With(added), text);
    }

    private (Scene Target, string Text) Move(SceneRandom random, Scene source, int index)
    {
        var name = Phrases.Reference(random, source, index);
        var cell = random.Pick(source.FreeCells());
        var text = random.Chance(.25)
            ? $"put {name} {Phrases.Position(random, cell)}"
            : $"{random.Pick("move", "shift", "bring")} {name} to the {random.Pick(Words.Goal(cell))}";
        return (source.Replace(index, sampler.At(random, source.Objects[index], cell)), text);
    }

    private (Scene Target, string Text) Replace(SceneRandom random, Scene source, int index)
    {
        var it = source.Objects[index];
        var name = Phrases.Reference(random, source, index);
        var changed = it with { Shape = random.Pick<Shape>([.. World.Shapes.Where(each => each != it.Shape)]) };
        var noun = Words.Article(Words.Of(changed.Shape));
        if (random.Chance(.5))
        {
            changed = changed with { Colour = random.Pick(World.Colours), Pattern = sampler.AnyPattern(random) };
            noun = Phrases.SizelessNoun(random, changed);
        }

        var text = random.Pick($"turn {name} into {noun}", $"change {name} into {noun}", $"replace {name} with {noun}", $"swap {name} for {noun}");
        return (source.Replace(index, changed), text);
    }

    private static (Scene Target, string Text) Remove(SceneRandom random, Scene source, int index) =>
        (source.Without(index), $"{random.Pick("remove", "delete", "erase", "take away", "get rid of")} {Phrases.Reference(random, source, index)}");
}
