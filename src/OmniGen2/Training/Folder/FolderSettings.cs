namespace OmniGen2.Training.Folder;

/// <summary>Pictures on disk to learn from, listed in the original's JSON or JSONL format; see <see cref="FolderRecord"/>.</summary>
public sealed record FolderSettings
{
    private const int SmallestPicture = 16 * 16;

    // The original's, which shrinks many references more than few.
    private static readonly double[] InputShares = [1, 1, 0.5625, 0.25];

    /// <summary>The lists, or folders in which all lists are taken.</summary>
    public required IReadOnlyList<FolderList> Files { get; init; }

    /// <summary>Folder that the pictures' paths are seen from; null is that of the list which names them.</summary>
    public string? Root { get; init; }

    /// <summary>Lines and pictures that may be unusable before the training stops; each is skipped and named in `skipped.txt`.</summary>
    public int MaxBad { get; init; } = 100;

    /// <summary>Larger targets are shrunk to this; null is what the checkpoint draws.</summary>
    public int? MaxOutputPixels { get; init; }

    /// <summary>The same for references, by how many a sample has; the last one holds for more. Null follows from the targets' as in the original.</summary>
    public IReadOnlyList<int>? MaxInputPixels { get; init; }

    /// <summary>Longest side of any picture; null is what the checkpoint draws.</summary>
    public int? MaxSideLength { get; init; }

    /// <summary>Share of prompts whose opening, "The image shows " and the like, is left out.</summary>
    public double OpeningDropping { get; init; } = 0.5;

    /// <summary>Longest prompt in tokens, template included; samples with longer ones are skipped.</summary>
    public int MaxTextTokens { get; init; } = 888;

    /// <summary>Samples in a batch.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Samples that are kept for validation; 0 validates on samples that are trained on, with noise that stays the same.</summary>
    public int HeldOut { get; init; }

    internal IEnumerable<(bool Holds, FormattableString Fault)> Rules =>
    [
        (Files.Count > 0, $"data.files is empty: name a list of samples or a folder with lists"),
        (Files.All(f => f.Share is null) || Files.All(f => f.Share > 0 && double.IsFinite(f.Share.Value)), $"data.files must all have a share above 0, or none of them"),
        (MaxBad >= 0, $"data.max_bad = {MaxBad} must not be negative"),
        (MaxOutputPixels is null or >= SmallestPicture, $"data.max_output_pixels = {MaxOutputPixels} must be at least {SmallestPicture}"),
        (MaxInputPixels is null || (MaxInputPixels.Count > 0 && MaxInputPixels.All(p => p >= SmallestPicture)), $"data.max_input_pixels must have numbers of at least {SmallestPicture}"),
        (MaxSideLength is null or >= 16, $"data.max_side_length = {MaxSideLength} must be at least 16"),
        (OpeningDropping is >= 0 and <= 1, $"data.opening_dropping = {OpeningDropping} must be from 0 to 1"),
        (MaxTextTokens >= 32, $"data.max_text_tokens = {MaxTextTokens} must be at least 32"),
        (Batch is >= 1 and <= 4096, $"data.batch = {Batch} must be from 1 to 4096"),
        (HeldOut >= 0, $"data.held_out = {HeldOut} must not be negative"),
    ];

    /// <summary>The settings with absolute paths.</summary>
    internal FolderSettings SeenFrom(string folder) => this with
    {
        Files = [.. Files.Select(list => list with { Path = System.IO.Path.GetFullPath(list.Path, folder) })],
        Root = Root is null ? null : System.IO.Path.GetFullPath(Root, folder),
    };

    /// <summary>The settings with every limit that was left open taken from the checkpoint.</summary>
    internal FolderSettings For(ModelInfo info)
    {
        var pixels = MaxOutputPixels ?? info.MaxPixels;
        return this with
        {
            MaxOutputPixels = pixels,
            MaxInputPixels = MaxInputPixels ?? [.. InputShares.Select(share => Math.Max(SmallestPicture, (int)(pixels * share)))],
            MaxSideLength = MaxSideLength ?? info.MaxSize,
        };
    }
}

/// <summary>A list of samples.</summary>
public sealed record FolderList
{
    /// <summary>A .json or .jsonl file, or a folder of them; absolute or seen from the config file.</summary>
    public required string Path { get; init; }

    /// <summary>How often its samples are drawn compared with the other lists'; null draws every sample of every list equally often.</summary>
    public double? Share { get; init; }
}
