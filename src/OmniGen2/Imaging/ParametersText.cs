using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OmniGen2.Imaging;

/// <summary>The `parameters` text of A1111, which most studios and galleries read: prompt, negative prompt, one line of settings.</summary>
public static class ParametersText
{
    public const string Keyword = "parameters";

    // Only where a value would otherwise be cut: these three end or split it in the readers' pattern.
    private static readonly char[] Quoted = [',', ':', '\n'];

    public static string From(GenerationMetadata metadata)
    {
        var request = metadata.Request;
        var text = new StringBuilder(request.Prompt).Append('\n');
        if (request.NegativePrompt.Length > 0)
        {
            text.Append("Negative prompt: ").Append(request.NegativePrompt).Append('\n');
        }

        return text.AppendJoin(", ", Settings(metadata).Select(s => $"{s.Key}: {Quote(s.Value)}")).ToString();
    }

    private static IEnumerable<(string Key, string Value)> Settings(GenerationMetadata metadata)
    {
        var request = metadata.Request;
        yield return ("Steps", Number(request.Steps));
        yield return ("Sampler", request.Scheduler == SchedulerKind.DpmSolver ? "DPM++ 2M" : "Euler");
        yield return ("Schedule type", "Simple");
        yield return ("CFG scale", Number(request.TextGuidance));
        if (metadata.References.Count > 0)
        {
            yield return ("Image CFG scale", Number(request.ImageGuidance));
        }

        yield return ("Seed", Number(request.Seed));
        yield return ("Size", $"{Number(metadata.Width)}x{Number(metadata.Height)}");
        if (metadata.ModelHash is { } hash)
        {
            yield return ("Model hash", hash[..Math.Min(10, hash.Length)]);
        }

        yield return ("Model", metadata.Model);
        if (request is not { CfgStart: 0, CfgEnd: 1 })
        {
            yield return ("CFG range", $"{Number(request.CfgStart)}-{Number(request.CfgEnd)}");
        }

        if (request.Cache is { } cache)
        {
            yield return ("Cache", cache is CacheOptions.TeaCache tea ? $"TeaCache {Number(tea.Threshold)}" : cache.GetType().Name);
        }

        yield return ("Version", metadata.Software);
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Quote(string value) =>
        value.IndexOfAny(Quoted) < 0 ? value : JsonSerializer.Serialize(value, MetadataJson.Options);
}
