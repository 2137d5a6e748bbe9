using System.Text.Json;

namespace OmniGen2.Tokenization;

/// <summary>The entries and merges that a tokenizer's files list, not yet checked to fit together.</summary>
internal sealed record Vocabulary(string Source, IReadOnlyDictionary<string, int> Entries, IReadOnlyList<(string Left, string Right)> Merges)
{
    /// <summary>Reads vocab.json and merges.txt, or tokenizer.json where the two are not.</summary>
    public static Vocabulary Load(TokenizerFolder folder)
    {
        if (folder.Find("vocab.json") is { } entries && folder.Find("merges.txt") is { } merges)
        {
            return new(entries, folder.ReadJson("vocab.json", Ids)!, TokenizerFolder.Read(merges, MergeLines));
        }

        return LoadWhole(folder)
            ?? throw new ModelException($"The tokenizer folder '{folder.Path}' lacks {Missing(folder)}: {TokenizerFolder.Remedy}.");
    }

    /// <summary>Reads tokenizer.json; null when there is none.</summary>
    public static Vocabulary? LoadWhole(TokenizerFolder folder) =>
        folder.ReadJson("tokenizer.json", root => FromModel(folder.Find("tokenizer.json")!, root.GetProperty("model")));

    private static string Missing(TokenizerFolder folder) => (folder.Find("vocab.json"), folder.Find("merges.txt")) switch
    {
        (null, null) => "vocab.json and merges.txt, and tokenizer.json too",
        (null, _) => "vocab.json (merges.txt is there)",
        _ => "merges.txt (vocab.json is there)",
    };

    private static Vocabulary FromModel(string path, JsonElement model)
    {
        if (model.GetProperty("type").GetString() is not "BPE" and var type)
        {
            throw new ModelException($"{path} describes a tokenizer of type '{type}' and this engine reads BPE: use OmniGen2's own processor folder.");
        }

        var merges = model.GetProperty("merges").EnumerateArray().Select(MergeEntry).ToList();
        return new(path, Ids(model.GetProperty("vocab")), merges);
    }

    private static Dictionary<string, int> Ids(JsonElement entries)
    {
        var ids = new Dictionary<string, int>();
        foreach (var entry in entries.EnumerateObject())
        {
            ids[entry.Name] = entry.Value.GetInt32();
        }

        return ids;
    }

    // Newer files keep the two symbols apart, older ones join them by a space.
    private static (string Left, string Right) MergeEntry(JsonElement merge, int index) => merge.ValueKind == JsonValueKind.Array
        ? Halves([.. merge.EnumerateArray().Select(symbol => symbol.GetString() ?? "")], index + 1)
        : Halves(merge.GetString()?.Split(' ') ?? [], index + 1);

    private static List<(string Left, string Right)> MergeLines(Stream stream)
    {
        var merges = new List<(string, string)>();
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))
            {
                merges.Add(Halves(line.Split(' '), merges.Count + 1));
            }
        }

        return merges;
    }

    private static (string Left, string Right) Halves(string[] symbols, int number) => symbols is [{ Length: > 0 } left, { Length: > 0 } right]
        ? (left, right)
        : throw new InvalidDataException($"merge {number} is '{string.Join(' ', symbols)}', not two symbols");
}
