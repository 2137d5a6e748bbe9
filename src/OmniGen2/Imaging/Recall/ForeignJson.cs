using System.Text.Json;
using System.Text.RegularExpressions;

namespace OmniGen2.Imaging.Recall;

/// <summary>JSON that another program wrote into a picture.</summary>
internal static partial class ForeignJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = true };

    /// <summary>The object in the text; null for anything else.</summary>
    public static JsonElement? Object(string text)
    {
        // Python writes NaN where JSON has no word for it.
        var root = Parse(text) ?? (text.Contains("NaN", StringComparison.Ordinal) ? Parse(NotANumber().Replace(text, "$1null")) : null);
        return root is { ValueKind: JsonValueKind.Object } ? root : null;
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Not JSON: another reader may understand the text.
            return null;
        }
    }

    [GeneratedRegex(@"([\[:,]\s*)-?(?:NaN|Infinity)\b", RegexOptions.NonBacktracking)]
    private static partial Regex NotANumber();
}
