using OmniGen2.Imaging;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>In which form a client wants its pictures.</summary>
/// <param name="Format">png, jpeg or webp.</param>
/// <param name="Compression">1 … 100; null: the format's own.</param>
/// <param name="Stream">As events instead of at once.</param>
/// <param name="Partials">How many glimpses a stream has, 0 … 3.</param>
/// <param name="Quality">low, medium or high.</param>
internal sealed record OutputFields(ImageFormat Format, int? Compression, bool Stream, int Partials, string Quality)
{
    private const int MaxPartials = 3;

    /// <summary>The address of a picture in place of the picture.</summary>
    public bool AsUrl { get; init; }

    public string FormatName => Format.ToString().ToLowerInvariant();

    public static OutputFields Read(RequestFields fields, ModelInfo model)
    {
        _ = fields.Text("user");
        if (fields.Choice("background", "auto", ("auto", "auto"), ("opaque", "opaque"), ("transparent", "transparent")) == "transparent")
        {
            throw OpenAiFault.Invalid("background", "The model draws no transparent backgrounds: use opaque or auto.", "unsupported_value");
        }

        var format = fields.Choice("output_format", ImageFormat.Png, ("png", ImageFormat.Png), ("jpeg", ImageFormat.Jpeg), ("webp", ImageFormat.WebP));
        var compression = (int?)fields.Integer("output_compression", 0, 100);
        if (format == ImageFormat.Png && compression is < 100)
        {
            throw OpenAiFault.Invalid("output_compression", $"PNG keeps every pixel and has no compression of {compression}: use jpeg or webp, or 100.");
        }

        return new OutputFields(
            format,
            compression is { } c ? Math.Max(c, 1) : null,
            fields.Flag("stream"),
            (int)(fields.Integer("partial_images", 0, MaxPartials) ?? 0),
            Name(DrawingFields.Level(fields, model), model));
    }

    /// <summary>What OpenAI calls one of the studio's presets.</summary>
    private static string Name(QualityLevel level, ModelInfo model) => QualityLevel.For(model).ToList().IndexOf(level) switch
    {
        0 => "low",
        2 => "high",
        _ => "medium",
    };
}
