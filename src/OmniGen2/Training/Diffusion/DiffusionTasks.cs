namespace OmniGen2.Training.Diffusion;

/// <summary>How often each task has its turn, and how many samples a batch of it has. A batch is of one task.</summary>
public sealed record DiffusionTasks
{
    public TaskShare T2i { get; init; } = new() { Share = 0.5, Batch = 48 };

    public TaskShare Edit { get; init; } = new() { Share = 0.35, Batch = 32 };

    public ComposeShare Compose { get; init; } = new();

    internal IReadOnlyList<double> Shares => [T2i.Share, Edit.Share, Compose.Share];

    internal IEnumerable<(bool Holds, FormattableString Fault)> Rules =>
    [
        (Shares.All(s => s >= 0 && double.IsFinite(s)) && Shares.Sum() > 0, $"tasks have the shares {T2i.Share}, {Edit.Share}, {Compose.Share}: none may be negative, one must be above 0"),
        .. new[] { T2i.Batch, Edit.Batch, Compose.One, Compose.Two, Compose.Three }.Select(
            batch => (batch is >= 1 and <= 4096, (FormattableString)$"tasks have a batch of {batch}: use 1 to 4096")),
    ];

    internal int Batch(DiffusionTaskKind task, int references) => (task, references) switch
    {
        (DiffusionTaskKind.T2i, _) => T2i.Batch,
        (DiffusionTaskKind.Edit, _) => Edit.Batch,
        (_, <= 1) => Compose.One,
        (_, 2) => Compose.Two,
        _ => Compose.Three,
    };
}

/// <summary>Share of the batches, and samples in each.</summary>
public sealed record TaskShare
{
    public required double Share { get; init; }

    public required int Batch { get; init; }
}

/// <summary>Share of the batches, and samples in a batch of one, two and three references.</summary>
public sealed record ComposeShare
{
    public double Share { get; init; } = 0.15;

    public int One { get; init; } = 32;

    public int Two { get; init; } = 20;

    public int Three { get; init; } = 12;
}

/// <summary>What the transformer learns.</summary>
internal enum DiffusionTaskKind
{
    T2i,
    Edit,
    Compose,
}
