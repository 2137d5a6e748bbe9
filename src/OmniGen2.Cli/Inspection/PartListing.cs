using System.Text.Json;
using System.Text.Json.Nodes;
using OmniGen2.Weights;

namespace OmniGen2.Cli.Inspection;

/// <summary>One part of a checkpoint: its class, its config as it stands in the file, and its tensors, none for a part without weights.</summary>
internal sealed record PartListing(string Name, string Class, JsonObject Config, IReadOnlyList<SafetensorsEntry> Tensors)
{
    public long Parameters => Tensors.Sum(t => t.Shape.Aggregate(1L, (a, b) => a * b));

    public long Bytes => Tensors.Sum(t => t.Length);

    /// <summary>Element types that occur, the most frequent first.</summary>
    public IReadOnlyList<string> Types => [.. Tensors.GroupBy(t => t.DType).OrderByDescending(g => g.Count()).Select(g => g.Key)];

    public static PartListing WithWeights(string name, string folder, ConfigFile index) =>
        new(name, ClassOf(name, index), ReadConfig(CheckpointFolder.Config(folder)), [.. Shards(folder).SelectMany(f => SafetensorsHeader.Read(f).Entries).OrderBy(e => e.Name, StringComparer.Ordinal)]);

    public static PartListing WithoutWeights(string name, string config, ConfigFile index) =>
        new(name, ClassOf(name, index), ReadConfig(config), []);

    private static string ClassOf(string name, ConfigFile index) => index.Strings(name)[^1];

    private static JsonObject ReadConfig(string path)
    {
        ConfigFile.Load(path); // has the sentences for what is no JSON object
        return JsonNode.Parse(File.ReadAllBytes(path), documentOptions: new JsonDocumentOptions { MaxDepth = 16 })!.AsObject();
    }

    private static IReadOnlyList<string> Shards(string folder)
    {
        var found = CheckpointFolder.FindWeights(folder);
        if (!found.EndsWith(".json", StringComparison.Ordinal))
        {
            return [found];
        }

        var map = ConfigFile.Load(found).Section("weight_map");
        return [.. map.Keys.Select(name => map.String(name)).Distinct().Order(StringComparer.Ordinal).Select(shard => Path.Combine(folder, Path.GetFileName(shard)))];
    }
}
