namespace OmniGen2.Imaging.Recall;

/// <summary>How a picture was made, as far as its file tells and this model understands. All text is a stranger's: show it, never trust it.</summary>
public sealed record RecalledSettings
{
    /// <summary>Longest prompt that is taken over, in characters.</summary>
    public const int MaxPromptLength = 20_000;

    /// <summary>The program that wrote it, for people.</summary>
    public required string Source { get; init; }

    public string? Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Steps { get; init; }

    public double? TextGuidance { get; init; }

    public double? ImageGuidance { get; init; }

    /// <summary>Share of the steps after which guidance ends.</summary>
    public double? CfgEnd { get; init; }

    public SchedulerKind? Scheduler { get; init; }

    /// <summary>0 … 2⁶³ − 1; a larger one of another program is left out.</summary>
    public long? Seed { get; init; }

    /// <summary>Name of the checkpoint, as the other program calls it.</summary>
    public string? Model { get; init; }

    /// <summary>Reads our own text, or that of A1111, SwarmUI, InvokeAI or ComfyUI; null when a file has none that can be read. Any bytes may be given.</summary>
    /// <param name="png">The whole file.</param>
    public static RecalledSettings? From(ReadOnlySpan<byte> png) => From(PngMetadata.Read(png));

    /// <summary>As above, from the texts of a PNG: keyword to text. The reader that says more comes first.</summary>
    public static RecalledSettings? From(IReadOnlyDictionary<string, string> texts)
    {
        var readers = new (string Keyword, Func<string, RecalledSettings?> Read)[]
        {
            (GenerationMetadata.Keyword, OwnSettings.Read),
            ("invokeai_metadata", InvokeSettings.Read),
            (ParametersText.Keyword, SwarmSettings.Read),
            (ParametersText.Keyword, A1111Settings.Read),
            ("prompt", ComfySettings.Read),
        };
        return readers.Select(r => texts.TryGetValue(r.Keyword, out var text) ? r.Read(text) : null).FirstOrDefault(r => r is not null);
    }

    /// <summary>Whether any of it can fill a form.</summary>
    internal RecalledSettings? OrNothing() => this == new RecalledSettings { Source = Source, Model = Model } ? null : this;
}
