using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniGen2.Cli.Inspection;

/// <summary>A listing for programs.</summary>
internal static class ListingJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(CheckpointListing listing, bool withTensors)
    {
        var json = new JsonObject
        {
            ["path"] = Path.GetFullPath(listing.Path),
            ["parameters"] = listing.Parameters,
            ["bytes"] = listing.Bytes,
            ["parts"] = new JsonObject(listing.Parts.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, Part(p, withTensors)))),
            ["files"] = new JsonArray([.. listing.Files.Select(OneFile)]),
        };
        return json.ToJsonString(Indented);
    }

    private static JsonObject Part(PartListing part, bool withTensors)
    {
        var json = new JsonObject { ["class"] = part.Class, ["config"] = part.Config.DeepClone() };
        if (part.Tensors.Count > 0)
        {
            json["parameters"] = part.Parameters;
            json["bytes"] = part.Bytes;
            json["tensor_count"] = part.Tensors.Count;
            json["types"] = new JsonArray([.. part.Types.Select(t => JsonValue.Create(t))]);
        }

        if (withTensors && part.Tensors.Count > 0)
        {
            json["tensors"] = new JsonArray([.. part.Tensors.Select(t => new JsonObject
            {
                ["name"] = t.Name,
                ["shape"] = new JsonArray([.. t.Shape.Select(d => JsonValue.Create(d))]),
                ["dtype"] = t.DType,
            })]);
        }

        return json;
    }

    private static JsonNode OneFile(FileListing file)
    {
        var json = new JsonObject { ["path"] = file.Path, ["bytes"] = file.Bytes };
        if (file.Sha256 is not null)
        {
            json["sha256"] = file.Sha256;
        }

        return json;
    }
}
