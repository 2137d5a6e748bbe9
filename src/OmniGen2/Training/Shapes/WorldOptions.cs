namespace OmniGen2.Training.Shapes;

/// <summary>How much of the world a training run sees: start narrow (no jitter, one or two objects), widen later.</summary>
public sealed record WorldOptions
{
    public const int MostObjects = 4;

    /// <summary>The narrow world to start with: objects in the middle of their cells, one or two of them.</summary>
    public static WorldOptions Beginner { get; } = new() { Jitter = false, MaxObjects = 2, Patterns = [Pattern.Plain, Pattern.Striped] };

    /// <summary>Whether objects stray a little from their cell's centre.</summary>
    public bool Jitter { get; init; } = true;

    public int MaxObjects { get; init; } = MostObjects;

    public IReadOnlyList<Pattern> Patterns { get; init; } = [Pattern.Plain, Pattern.Striped, Pattern.Dotted];

    /// <summary>How often a scene has 1, 2, … objects.</summary>
    public IReadOnlyList<double> CountWeights { get; init; } = [.28, .36, .22, .14];

    /// <summary>How often the source of an edit has 1, 2, … objects.</summary>
    public IReadOnlyList<double> EditCountWeights { get; init; } = [.25, .35, .25, .15];

    /// <summary>How many of the scenes with several objects hold one object several times.</summary>
    public double TwinShare { get; init; } = .12;

    /// <summary>
    /// Whether pictures from prompts that name no places stand in order: one object in the middle, others side by side or one above the other. Else they
    /// stand anywhere, and a model that weighs the places one by one draws its objects now and then twice.
    /// </summary>
    public bool Arranged { get; init; }

    /// <summary>How many of the in-context tasks are the easy one: copy and move the object of a single picture.</summary>
    public double SingleReferenceShare { get; init; }

    public void Check()
    {
        if (MaxObjects is < 1 or > MostObjects)
        {
            throw new ModelException($"maxObjects is {MaxObjects}: use 1 to {MostObjects}.");
        }

        if (Patterns.Count == 0 || Patterns.Distinct().Count() != Patterns.Count || Patterns.Any(each => !Enum.IsDefined(each)))
        {
            throw new ModelException($"patterns are [{string.Join(", ", Patterns)}]: name one to three different ones of {string.Join(", ", World.Patterns)}.");
        }

        CheckWeights(CountWeights, "countWeights");
        CheckWeights(EditCountWeights, "editCountWeights");
        CheckShare(TwinShare, "twinShare");
        CheckShare(SingleReferenceShare, "singleReferenceShare");
    }

    private void CheckWeights(IReadOnlyList<double> weights, string name)
    {
        if (weights.Count < MaxObjects || weights.Any(each => !double.IsFinite(each) || each < 0) || !(weights.Take(MaxObjects).Sum() > 0))
        {
            throw new ModelException(
                $"{name} are [{string.Join(", ", weights)}]: give {MaxObjects} numbers of 0 or more (maxObjects is {MaxObjects}), at least one above 0.");
        }
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ModelException($"{name} is {share}: use 0 to 1.");
        }
    }
}
