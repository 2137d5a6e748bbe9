namespace OmniGen2.Training.Shapes;

/// <summary>In-context tasks: references, and the scene that brings their objects together. Targets have no jitter.</summary>
internal sealed class ComposeGrammar(SceneSampler sampler)
{
    private const int Left = 3;
    private const int Right = 5;
    private const int Above = 1;
    private const int Below = 7;

    // In the order of ComposeKind, less the last, whose share the options give.
    private static readonly double[] KindWeights = [.5, .25, .15, .10];

    // Where a single object may be asked to stand.
    private static readonly int[] SingleCells = [Left, Grid.Centre, Right, Above, Below];

    public ComposeTask Sample(SceneRandom random) =>
        Sample(random, random.Chance(sampler.Options.SingleReferenceShare) ? ComposeKind.Single : (ComposeKind)random.Weighted(KindWeights));

    public ComposeTask Sample(SceneRandom random, ComposeKind kind)
    {
        var task = kind switch
        {
            ComposeKind.Pair => Pair(random),
            ComposeKind.Insert => Insert(random),
            ComposeKind.Three => Three(random),
            ComposeKind.PairOnBackground => PairOnBackground(random),
            _ => Single(random),
        };
        return task with { Instruction = Phrases.MaybeSentence(random, task.Instruction) };
    }

    private ComposeTask Pair(SceneRandom random)
    {
        Scene[] references = [sampler.Reference(random), sampler.Reference(random)];
        var background = SceneSampler.AnyBackground(random);
        var (text, cells) = Arrangement(random, references);
        return new ComposeTask(ComposeKind.Pair, $"{text} {Phrases.Place(random, background)}", references, Bring(background, references, cells));
    }

    private ComposeTask PairOnBackground(SceneRandom random)
    {
        Scene[] references = [sampler.Reference(random), sampler.Reference(random), sampler.Scene(random, count: 1)];
        var (text, cells) = Arrangement(random, references);
        var link = random.Pick("on the background", "with the background");
        return new ComposeTask(
            ComposeKind.PairOnBackground,
            $"{text} {link} {Source(random, 2)}",
            references,
            Bring(references[2].Background, references[..2], cells));
    }

    private ComposeTask Three(SceneRandom random)
    {
        Scene[] references = [sampler.Reference(random), sampler.Reference(random), sampler.Reference(random)];
        var background = SceneSampler.AnyBackground(random);
        var names = Words.List([.. references.Select((each, index) => Name(random, each, index))]);
        var text = random.Pick($"put {names} in a row", $"place {names} in a row", $"put {names} side by side", $"{names} next to each other");
        return new ComposeTask(ComposeKind.Three, $"{text} {Phrases.Place(random, background)}", references, Bring(background, references, Left, Grid.Centre, Right));
    }

    private ComposeTask Insert(SceneRandom random)
    {
        var count = SceneSampler.Count(random, sampler.Options.CountWeights, Math.Min(2, sampler.Options.MaxObjects));
        Scene[] references = [sampler.Scene(random, count), sampler.Reference(random)];
        var cell = random.Pick(references[0].FreeCells());
        var verb = random.Pick("add", "put");
        var goal = verb == "add" ? $"to {Picture(random, 0)}" : $"into {Picture(random, 0)}";
        return new ComposeTask(
            ComposeKind.Insert,
            $"{verb} {Name(random, references[1], 1)} {goal} {Phrases.Position(random, cell)}",
            references,
            references[0].With(InCell(references[1].Objects[0], cell)));
    }

    private ComposeTask Single(SceneRandom random)
    {
        Scene[] references = [sampler.Reference(random)];
        var background = SceneSampler.AnyBackground(random);
        var cell = random.Pick(SingleCells);
        return new ComposeTask(
            ComposeKind.Single,
            $"{random.Pick("show", "put", "draw")} {Name(random, references[0], 0)} {Phrases.Position(random, cell)} {Phrases.Place(random, background)}",
            references,
            Bring(background, references, cell));
    }

    private static (string Text, int[] Cells) Arrangement(SceneRandom random, Scene[] references)
    {
        var (a, b) = (Name(random, references[0], 0), Name(random, references[1], 1));
        return random.Below(9) switch
        {
            0 => ($"put {a} and {b} side by side", [Left, Right]),
            1 => ($"{a} and {b} side by side", [Left, Right]),
            2 => ($"{a} and {b} next to each other", [Left, Right]),
            3 => ($"place {a} beside {b}", [Left, Right]),
            4 => ($"combine {a} and {b}", [Left, Right]),
            5 => ($"put {a} on the left and {b} on the right", [Left, Right]),
            6 => ($"put {a} on the right and {b} on the left", [Right, Left]),
            7 => ($"put {a} above {b}", [Above, Below]),
            _ => ($"put {a} below {b}", [Below, Above]),
        };
    }

    /// <summary>"the star from the first image".</summary>
    private static string Name(SceneRandom random, Scene reference, int index)
    {
        var noun = random.Chance(.6) ? Words.Of(reference.Objects[0].Shape) : random.Pick("object", "shape");
        return $"the {noun} {Source(random, index)}";
    }

    private static string Source(SceneRandom random, int index) =>
        random.Pick($"from the {Words.Ordinals[index]} image", $"from image {index + 1}", $"of the {Words.Ordinals[index]} image", $"in image {index + 1}");

    private static string Picture(SceneRandom random, int index) => random.Pick($"the {Words.Ordinals[index]} image", $"image {index + 1}");

    private static Scene Bring(Background background, Scene[] references, params int[] cells) =>
        new(background, [.. references.Select((each, index) => InCell(each.Objects[0], cells[index]))]);

    private static SceneObject InCell(SceneObject look, int cell)
    {
        var (x, y) = Grid.CentreOf(cell);
        return look with { X = x, Y = y };
    }
}
