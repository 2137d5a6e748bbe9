using System.Collections.Immutable;

namespace OmniGen2.Training.Shapes;

/// <summary>Draws scenes at random, with the probabilities of the world.</summary>
public sealed class SceneSampler
{
    private static readonly double[] SizeWeights = [.25, .45, .30];

    // Plain, striped, dotted; what the options leave out is shared among the rest.
    private static readonly double[] AllPatternWeights = [.6, .2, .2];

    private readonly double[] _patternWeights;

    public SceneSampler(WorldOptions options)
    {
        options.Check();
        Options = options;
        _patternWeights = [.. options.Patterns.Select(each => AllPatternWeights[(int)each])];
    }

    public WorldOptions Options { get; }

    public Scene Scene(SceneRandom random) => Scene(random, Count(random, Options.CountWeights, Options.MaxObjects));

    /// <summary>A scene of so many objects, 1 to 9; more than four are for the autoencoder, which learns most from crowds.</summary>
    public Scene Scene(SceneRandom random, int count)
    {
        var cells = random.Shuffle(Enumerable.Range(0, Grid.Cells))[..count];
        var objects = count > 1 && count <= WorldOptions.MostObjects && random.Chance(Options.TwinShare)
            ? Twins(random, cells)
            : Distinct(random, cells);
        return new Scene(AnyBackground(random), objects);
    }

    /// <summary>A scene in which no two objects share shape and colour, so that each has a name of its own.</summary>
    public Scene DistinctScene(SceneRandom random, int count) =>
        new(AnyBackground(random), Distinct(random, random.Shuffle(Enumerable.Range(0, Grid.Cells))[..count]));

    /// <summary>One large object near the middle, on any background: the reference of an in-context task.</summary>
    public Scene Reference(SceneRandom random)
    {
        const int stray = 6;
        var look = Object(random, Grid.Centre) with { Size = ObjectSize.Large };
        var (x, y) = Grid.CentreOf(Grid.Centre);
        return Options.Jitter
            ? new Scene(AnyBackground(random), [look with { X = x + random.Between(-stray, stray), Y = y + random.Between(-stray, stray) }])
            : new Scene(AnyBackground(random), [look with { X = x, Y = y }]);
    }

    public SceneObject Object(SceneRandom random, int cell) =>
        At(
            random,
            new SceneObject(random.Pick(World.Shapes), random.Pick(World.Colours), AnyPattern(random), (ObjectSize)random.Weighted(SizeWeights), 0, 0),
            cell);

    /// <summary>The object moved into a cell, off its centre by chance where the options say so.</summary>
    public SceneObject At(SceneRandom random, SceneObject look, int cell)
    {
        var (x, y) = Grid.CentreOf(cell);
        if (Options.Jitter)
        {
            var stray = Grid.Jitter(look.Size);
            x += random.Between(-stray, stray);
            y += random.Between(-stray, stray);
        }

        return look with { X = x, Y = y };
    }

    public Pattern AnyPattern(SceneRandom random) => Options.Patterns[random.Weighted(_patternWeights)];

    public static Background AnyBackground(SceneRandom random) => random.Pick(World.Backgrounds);

    /// <summary>1 to <paramref name="most"/>, each as likely as its weight.</summary>
    internal static int Count(SceneRandom random, IReadOnlyList<double> weights, int most) => 1 + random.Weighted([.. weights.Take(most)]);

    private ImmutableArray<SceneObject> Twins(SceneRandom random, int[] cells)
    {
        var look = Object(random, cells[0]);
        return [.. cells.Select(cell => At(random, look, cell))];
    }

    private ImmutableArray<SceneObject> Distinct(SceneRandom random, int[] cells)
    {
        var objects = ImmutableArray.CreateBuilder<SceneObject>(cells.Length);
        var seen = new HashSet<(Shape, Colour)>();
        while (objects.Count < cells.Length)
        {
            var next = Object(random, cells[objects.Count]);
            if (seen.Add((next.Shape, next.Colour)))
            {
                objects.Add(next);
            }
        }

        return objects.MoveToImmutable();
    }
}
