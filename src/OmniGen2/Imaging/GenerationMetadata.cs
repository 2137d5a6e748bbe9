using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniGen2.Imaging;

/// <summary>How a picture was made, as it is written into the file itself: enough to make it again and to rebuild the history from the files.</summary>
public sealed record GenerationMetadata
{
    /// <summary>Keyword of our own JSON, the source of truth.</summary>
    public const string Keyword = "omnigen_studio";

    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>What was asked for. Its pictures are not written; <see cref="References"/> names them.</summary>
    public required GenerationRequest Request { get; init; }

    public required string Model { get; init; }

    /// <summary>SHA-256 of the weights, hexadecimal.</summary>
    public string? ModelHash { get; init; }

    /// <summary>What made it; null in pictures of older programs.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Program and version that made the picture.</summary>
    public string Software { get; init; } = "OmniGen2.Web";

    /// <summary>SHA-256 of each reference picture in order, hexadecimal.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>SHA-256 of the picture from one of whose steps this one went on, hexadecimal.</summary>
    public string? From { get; init; }

    /// <summary>SHA-256 of the picture whose check led to this one, hexadecimal.</summary>
    public string? After { get; init; }

    /// <summary>What was said of the picture when it checked itself.</summary>
    public PictureVerdict? Verdict { get; init; }

    /// <summary>What the language model sees in the picture; null while nobody asked.</summary>
    public string? Description { get; init; }

    /// <summary>SHA-256 of the file as it was each time before something was written into it, hexadecimal: pictures that were made from it then name one of these.</summary>
    public IReadOnlyList<string>? Former { get; init; }

    /// <summary>How the picture came to be, in the studio's word for it: created, edited, composed, …</summary>
    public string? Kind { get; init; }

    /// <summary>The pictures that were asked for together share this.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Size of the picture, which with one reference is not the requested one.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Steps that were done when the picture was taken; fewer than asked for in a picture that was stopped and kept.</summary>
    public int StepsDone { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary>SHA-256 of every picture that this one came of, each once: references, then where it went on from, then whose check led here.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Parents => [.. References.Append(From).Append(After).OfType<string>().Distinct()];

    /// <summary>Reads our own JSON; a text that is not ours is a <see cref="ModelException"/>.</summary>
    public static GenerationMetadata Parse(string json)
    {
        try
        {
            var metadata = JsonSerializer.Deserialize<GenerationMetadata>(json, MetadataJson.Options) ?? throw new JsonException("The text is 'null'.");
            return metadata.Version <= CurrentVersion
                ? metadata
                : throw new ModelException(
                    $"The picture's '{Keyword}' text has version {metadata.Version}, this program reads up to {CurrentVersion}: update the program.");
        }
        catch (JsonException fault)
        {
            throw new ModelException($"The picture's '{Keyword}' text cannot be read ({fault.Message}): its settings are lost, its pixels are not.", fault);
        }
    }

    /// <summary>Reads what <see cref="ToPngTexts"/> wrote; null when the file carries none of it.</summary>
    public static GenerationMetadata? FromPng(ReadOnlySpan<byte> png) =>
        PngMetadata.Read(png).TryGetValue(Keyword, out var json) ? Parse(json) : null;

    public string ToJson() => JsonSerializer.Serialize(this, MetadataJson.Options);

    /// <summary>All that goes into a PNG: our JSON, the text that other studios read, and the mark of an AI picture.</summary>
    public IReadOnlyDictionary<string, string> ToPngTexts() => new Dictionary<string, string>
    {
        [Keyword] = ToJson(),
        [ParametersText.Keyword] = ParametersText.From(this),
        [XmpPacket.Keyword] = ToXmp(),
    };

    /// <summary>For JPEG and WebP, and part of <see cref="ToPngTexts"/>.</summary>
    /// <param name="withParameters">Prompt, seed and settings go along as a description; a PNG has texts of its own for them.</param>
    public string ToXmp(bool withParameters = false) => XmpPacket.Create(fromPictures: References.Count > 0, Software, withParameters ? ParametersText.From(this) : null);
}
