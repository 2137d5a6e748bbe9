using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OmniGen2.Circuits;

/// <summary>The live components of a page.</summary>
internal static partial class RootComponents
{
    /// <summary>Those of a page as it was fetched, as its script would ask for them.</summary>
    public static string Of(string html)
    {
        var markers = Marker().Matches(html).Select(x => JsonNode.Parse(x.Groups[1].Value)!).Where(x => x["descriptor"] is not null);
        var operations = markers.Select((x, i) => (JsonNode)new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = x });
        return new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. operations]) }.ToJsonString();
    }

    [GeneratedRegex("<!--Blazor:({.*?})-->")]
    private static partial Regex Marker();
}
