using System.Text.Json;
using System.Text.RegularExpressions;

namespace OmniGen2.Imaging.Recall;

/// <summary>The `parameters` text of A1111 and of all that imitate it: prompt, `Negative prompt: …`, one last line of settings.</summary>
internal static partial class A1111Settings
{
    private const string Negative = "Negative prompt:";

    // Fewer pairs than this, and the last line belongs to the prompt.
    private const int LeastPairs = 3;

    public static RecalledSettings? Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Trim().Split('\n').ToList();
        var pairs = Pair().Matches(lines[^1]);
        if (pairs.Count < LeastPairs)
        {
            return null;
        }

        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match pair in pairs)
        {
            settings.TryAdd(pair.Groups[1].Value.Trim(), Unquote(pair.Groups[2].Value.Trim()));
        }

        lines.RemoveAt(lines.Count - 1);
        var negative = lines.FindIndex(l => l.StartsWith(Negative, StringComparison.Ordinal));
        var prompt = string.Join('\n', negative < 0 ? lines : lines[..negative]);
        var rest = negative < 0 ? null : string.Join('\n', lines[negative..])[Negative.Length..];
        return From(prompt, rest, settings);
    }

    private static RecalledSettings From(string prompt, string? negative, Dictionary<string, string> settings)
    {
        var size = settings.GetValueOrDefault("Size")?.Split('x') ?? [];
        return new RecalledSettings
        {
            Source = "A1111",
            Prompt = SettingValue.Text(prompt),
            NegativePrompt = SettingValue.Text(negative),
            Width = size is [var width, _] ? SettingValue.Side(SettingValue.Number(width)) : null,
            Height = size is [_, var height] ? SettingValue.Side(SettingValue.Number(height)) : null,
            Steps = SettingValue.Steps(Number("Steps")),
            TextGuidance = SettingValue.Guidance(Number("CFG scale")),
            ImageGuidance = SettingValue.Guidance(Number("Image CFG scale")),
            Scheduler = SettingValue.Scheduler(settings.GetValueOrDefault("Sampler")),
            Seed = SettingValue.Seed(settings.GetValueOrDefault("Seed")),
            Model = settings.GetValueOrDefault("Model"),
        };

        double? Number(string key) => SettingValue.Number(settings.GetValueOrDefault(key));
    }

    private static string Unquote(string value)
    {
        if (value is not ['"', .., '"'])
        {
            return value;
        }

        try
        {
            return JsonSerializer.Deserialize<string>(value) ?? value;
        }
        catch (JsonException)
        {
            // Quoted by a hand, not by a program: take it as it stands.
            return value;
        }
    }

    // `key: value`, where a value with a comma is in quotes.
    [GeneratedRegex("""\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)""", RegexOptions.NonBacktracking)]
    private static partial Regex Pair();
}
