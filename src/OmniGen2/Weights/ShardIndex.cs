namespace OmniGen2.Weights;

/// <summary>`*.safetensors.index.json`: which shard of a divided checkpoint holds which tensor.</summary>
internal static class ShardIndex
{
    public const string Suffix = ".index.json";

    /// <summary>Shard files by full path, each with the tensors that the index says it holds; every one of them is there.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string path)
    {
        var map = ConfigFile.Load(path).Section("weight_map");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var shards = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var shard in map.Keys.GroupBy(name => map.String(name)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // A shard lies beside its index: anything else would let a downloaded index read files elsewhere.
            if (shard.Key.Length == 0 || shard.Key != Path.GetFileName(shard.Key))
            {
                throw new WeightsException($"{path} names the shard '{shard.Key}', which is not a file beside it.");
            }

            var file = Path.Combine(folder, shard.Key);
            if (!File.Exists(file))
            {
                throw new WeightsException($"{path} names the shard '{shard.Key}' ({shard.Count()} tensors, first '{shard.First()}'), which is not there; download it into {folder}.");
            }

            shards[file] = [.. shard];
        }

        return shards.Count > 0 ? shards : throw new WeightsException($"{path} names no shard; download it again.");
    }

    /// <summary>Demands that a shard holds exactly what the index says.</summary>
    public static void Check(string index, string shard, IReadOnlyList<string> expected, IEnumerable<string> found)
    {
        var present = found.ToHashSet();
        var missing = expected.Where(name => !present.Contains(name)).ToList();
        if (missing.Count > 0)
        {
            throw new WeightsException($"{shard} lacks {missing.Count} of the {expected.Count} tensors that {index} promises in it, first '{missing[0]}'; download both again.");
        }

        present.ExceptWith(expected);
        if (present.Count > 0)
        {
            throw new WeightsException($"{shard} holds {present.Count} tensors that {index} does not list for it, first '{present.Order(StringComparer.Ordinal).First()}'; download both again.");
        }
    }
}
