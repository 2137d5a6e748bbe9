namespace OmniGen2.Cli.Bench;

/// <summary>What `bench batch` measures.</summary>
internal sealed record BatchSettings
{
    /// <summary>Pictures that are drawn side by side.</summary>
    public required int Lanes { get; init; }

    public required BatchParts Parts { get; init; }

    /// <summary>Where the random layers are kept.</summary>
    public required string Cache { get; init; }

    /// <summary>Layers of the released size; each is read once for a step.</summary>
    public required int Layers { get; init; }
}

[Flags]
internal enum BatchParts
{
    /// <summary>Whole pictures of a checkpoint.</summary>
    Pictures = 1,

    /// <summary>Single products, the rows of all pictures in one.</summary>
    Products = 2,

    /// <summary>Steps through layers of the released size, from memory and from the disk.</summary>
    Layers = 4,

    All = Pictures | Products | Layers,
}
