namespace OmniGen2.Training.Language;

/// <summary>How much one step sees; a section of the config.</summary>
public sealed record LanguageBatchSize
{
    public const int LeastLength = 64;

    /// <summary>Trees in a batch, each with its pictures.</summary>
    public int Rows { get; init; } = 12;

    /// <summary>Tokens of a tree: questions are added as long as they fit.</summary>
    public int Length { get; init; } = 192;

    /// <summary>Pictures beyond, that only the vision tower sees.</summary>
    public int ExtraPictures { get; init; }

    public void Check(string source)
    {
        ConfigRules.Require(source, Rows is >= 1 and <= 4096, $"batch.rows = {Rows} must be from 1 to 4096");
        ConfigRules.Require(source, Length is >= LeastLength and <= 8192, $"batch.length = {Length} must be from {LeastLength} to 8192");
        ConfigRules.Require(source, ExtraPictures is >= 0 and <= 4096, $"batch.extra_pictures = {ExtraPictures} must be from 0 to 4096");
    }
}
