namespace OmniGen2.Cli.Generation;

/// <summary>What was typed; null where the checkpoint decides.</summary>
internal sealed record GenerateArguments
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    public IReadOnlyList<string> Images { get; init; } = [];

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Steps { get; init; }

    public double? TextGuidance { get; init; }

    public double? ImageGuidance { get; init; }

    public required GuidanceRange CfgRange { get; init; }

    public SchedulerKind? Scheduler { get; init; }

    public long Seed { get; init; }

    public int Count { get; init; } = 1;

    public ModelPrecision Precision { get; init; }

    public Residency Residency { get; init; }

    public BlockWeights Weights { get; init; }

    public GraphUse Graphs { get; init; }

    public CacheOptions? Cache { get; init; }

    public string? Latents { get; init; }

    public string? Dump { get; init; }

    public required string Out { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>The first picture's request. A reference decides over the size unless a size was asked for.</summary>
    public GenerationRequest ToRequest(ModelInfo info, IReadOnlyList<RgbImage> images, InjectedTensors? injected)
    {
        var request = info.Request(Prompt);
        var isFree = Width is null && Height is null;
        return request with
        {
            NegativePrompt = NegativePrompt ?? request.NegativePrompt,
            Images = images,
            Width = Width ?? (isFree ? injected?.PictureWidth : null) ?? request.Width,
            Height = Height ?? (isFree ? injected?.PictureHeight : null) ?? request.Height,
            AlignToReference = isFree,
            MaxReferenceSide = Math.Min(request.MaxReferenceSide, info.MaxSize),
            Steps = Steps ?? injected?.Times?.Count ?? request.Steps,
            TextGuidance = TextGuidance ?? (images.Count > 0 ? info.EditTextGuidance : request.TextGuidance),
            ImageGuidance = ImageGuidance ?? request.ImageGuidance,
            CfgStart = CfgRange.Start,
            CfgEnd = CfgRange.End,
            Scheduler = Scheduler ?? request.Scheduler,
            Seed = Seed,
            Cache = Cache,
        };
    }

    /// <summary>With several pictures F.png becomes F_0.png, F_1.png and so on.</summary>
    public string OutOf(int picture) => Count == 1
        ? Out
        : Path.Combine(Path.GetDirectoryName(Out) ?? "", $"{Path.GetFileNameWithoutExtension(Out)}_{picture}{Path.GetExtension(Out)}");
}

/// <summary>The part of the steps that guidance acts on, both ends included.</summary>
internal readonly record struct GuidanceRange(double Start, double End);
