using System.Text;
using System.Text.Json.Serialization;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <param name="Created">Seconds since 1970.</param>
/// <param name="Background">Always "opaque".</param>
/// <param name="OutputFormat">png, jpeg or webp.</param>
/// <param name="Quality">low, medium or high.</param>
/// <param name="Size">As it came out: "128x128".</param>
/// <param name="Data">The pictures, in the order of their seeds.</param>
/// <param name="Usage">Over all of them.</param>
internal sealed record ImagesAnswer(long Created, string Background, string OutputFormat, string Quality, string Size, IReadOnlyList<ImageData> Data, ImageUsage Usage);

internal sealed record ImageData([property: JsonPropertyName("b64_json")] byte[]? File, string? Url);

/// <summary>One event of a picture's stream; a partial one has an index, the completed one what the picture took.</summary>
internal sealed record ImageEvent(
    string Type,
    [property: JsonPropertyName("b64_json")] byte[] File,
    long CreatedAt,
    string Size,
    string Quality,
    string Background,
    string OutputFormat,
    int? PartialImageIndex = null,
    ImageUsage? Usage = null);

/// <summary>Of pictures a token is one patch that the transformer works on, 16 × 16 pixels. Of words it is estimated: four bytes a token.</summary>
internal sealed record ImageUsage(int InputTokens, int OutputTokens, int TotalTokens, InputTokensDetails InputTokensDetails)
{
    private const int Patch = 16;
    private const int BytesPerToken = 4;

    public static ImageUsage Of(PictureRequest request, IReadOnlyList<PictureRow> drawn)
    {
        var words = (Encoding.UTF8.GetByteCount(request.Generation.Prompt) + BytesPerToken - 1) / BytesPerToken * drawn.Count;
        var seen = request.References.Sum(x => Patches(x.Width, x.Height)) * drawn.Count;
        var made = drawn.Sum(x => Patches(x.Width, x.Height));
        return new ImageUsage(words + seen, made, words + seen + made, new InputTokensDetails(words, seen));
    }

    private static int Patches(int width, int height) => (width + Patch - 1) / Patch * ((height + Patch - 1) / Patch);
}

internal sealed record InputTokensDetails(int TextTokens, int ImageTokens);
