namespace OmniGen2.Cli.Chatting;

/// <summary>What was typed.</summary>
internal sealed record ChatArguments
{
    public const string DefaultOut = "answer.png";

    public required string Model { get; init; }

    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The one question; null for a conversation.</summary>
    public string? Prompt { get; init; }

    public required int MaxNewTokens { get; init; }

    public string? Out { get; init; }

    public ModelPrecision Precision { get; init; }

    public Residency Residency { get; init; }

    public BlockWeights Weights { get; init; }

    public GraphUse Graphs { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>Where the picture of this number goes. A name that was not asked for never overwrites anything.</summary>
    public string OutOf(int picture)
    {
        var name = Out ?? DefaultOut;
        for (var number = picture; ; number++)
        {
            var path = number == 0 ? name : Path.Combine(Path.GetDirectoryName(name) ?? "", $"{Path.GetFileNameWithoutExtension(name)}_{number}{Path.GetExtension(name)}");
            if (Out is not null || !File.Exists(path))
            {
                return path;
            }
        }
    }
}
