using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniGen2.Imaging;

/// <summary>The published `preprocessor_config.json` of the language model's image processor.</summary>
public sealed record QwenImageConfig
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public int MinPixels { get; init; } = 56 * 56;

    public int MaxPixels { get; init; } = 28 * 28 * 16_384;

    public int PatchSize { get; init; } = 14;

    public int TemporalPatchSize { get; init; } = 2;

    public int MergeSize { get; init; } = 2;

    public IReadOnlyList<float> ImageMean { get; init; } = [0.48145466f, 0.4578275f, 0.40821073f];

    public IReadOnlyList<float> ImageStd { get; init; } = [0.26862954f, 0.26130258f, 0.27577711f];

    public double RescaleFactor { get; init; } = 1.0 / 255;

    /// <summary>Pillow's number of the filter; only bicubic, 3, is known to the model.</summary>
    public int Resample { get; init; } = 3;

    /// <summary>Newer files say the pixel limits here.</summary>
    public SizeLimits? Size { get; init; }

    /// <summary>Sides are multiples of this.</summary>
    [JsonIgnore]
    public int Factor => PatchSize * MergeSize;

    public static QwenImageConfig Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var config = document.RootElement.Deserialize<QwenImageConfig>(Json) ?? throw new JsonException("The file holds 'null'.");
            var hasLimits = document.RootElement.TryGetProperty("min_pixels", out _);
            return Checked(hasLimits || config.Size is not { ShortestEdge: > 0, LongestEdge: > 0 } size
                ? config
                : config with { MinPixels = size.ShortestEdge, MaxPixels = size.LongestEdge }, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The image processor's settings '{path}' cannot be opened: {fault.Message} Point Model:Path at a complete checkpoint.", fault);
        }
        catch (JsonException fault)
        {
            throw new ModelException($"The image processor's settings '{path}' are not the JSON that is expected: {fault.Message}", fault);
        }
    }

    private static QwenImageConfig Checked(QwenImageConfig config, string path)
    {
        if (config is not { PatchSize: > 0, MergeSize: > 0, TemporalPatchSize: > 0, MinPixels: > 0, ImageMean.Count: 3, ImageStd.Count: 3 }
            || config.MaxPixels < config.MinPixels
            || config.ImageStd.Contains(0))
        {
            throw new ModelException($"The image processor's settings '{path}' are out of range: sizes must be positive, image_mean and image_std must have 3 entries.");
        }

        return config.Resample == 3
            ? config
            : throw new ModelException($"The image processor's settings '{path}' ask for resample {config.Resample}; only 3 (bicubic) is supported.");
    }

    /// <summary>Both in pixels, despite their names.</summary>
    public sealed record SizeLimits(int ShortestEdge, int LongestEdge);
}
