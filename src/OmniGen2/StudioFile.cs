using System.Text.Json;
using System.Text.Json.Serialization;
using OmniGen2.Reflection;

namespace OmniGen2;

/// <summary>The checkpoint's `studio.json`: sizes, defaults and example prompts that suit it. Absent for the released model.</summary>
internal static class StudioFile
{
    private const string FileName = "studio.json";

    private const int LargestSize = 16_384;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public static ModelInfo Load(string folder, int latentChannels)
    {
        var full = Path.GetFullPath(folder);
        var path = Path.Combine(full, FileName);
        if (!File.Exists(path))
        {
            return new ModelInfo { Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(full)), Path = full };
        }

        try
        {
            var info = JsonSerializer.Deserialize<ModelInfo>(File.ReadAllBytes(path), Format)
                ?? throw new ModelException($"{path} is empty: put the checkpoint's own file back, or delete it for the released model's defaults.");
            Check(info, path, latentChannels);
            return info with { Path = full };
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static void Check(ModelInfo info, string path, int latentChannels)
    {
        if (info.MinSize < 16 || info.MaxSize > LargestSize || info.MinSize > info.DefaultSize || info.DefaultSize > info.MaxSize
            || info.MinSize % 16 != 0 || info.DefaultSize % 16 != 0 || info.MaxSize % 16 != 0)
        {
            throw new ModelException($"{path} has sizes {info.MinSize} ≤ {info.DefaultSize} ≤ {info.MaxSize}: they must be multiples of 16 in this order, up to {LargestSize}.");
        }

        if (info.Judge is { Pass: < 0 or > Verdict.MaxScore } or { Patience: < 1 })
        {
            throw new ModelException($"{path} has a judge that passes pictures from {info.Judge.Pass} on and has a patience of {info.Judge.Patience}: use 0 to {Verdict.MaxScore}, and at least 1.");
        }

        if (info.LatentToRgb is { } map && (map.Length != latentChannels + 1 || map.Any(row => row.Length != 3)))
        {
            throw new ModelException($"{path} has a latent_to_rgb of {map.Length} rows: {latentChannels} channels and a bias of three numbers each are needed.");
        }
    }
}
