using System.Globalization;
using System.Text.Json;

namespace OmniGen2.Tokenization;

/// <summary>The added tokens and the padding token that the files beside a vocabulary name. Where several name one, the first decides and the others must agree on its id.</summary>
internal sealed class SpecialTokenFiles
{
    private const string Config = "tokenizer_config.json";

    private static readonly string[] Unsupported = ["lstrip", "rstrip", "single_word"];

    private readonly Dictionary<string, AddedToken> _tokens = [];

    public SpecialTokenFiles(TokenizerFolder folder)
    {
        var map = folder.ReadJson("special_tokens_map.json", Names) ?? [];
        var config = folder.ReadJson(Config, root => AddConfig(folder.Find(Config)!, root)) ?? [];
        if (folder.Find("vocab.json") is null && folder.Find("tokenizer.json") is { } whole)
        {
            folder.ReadJson("tokenizer.json", root => AddWhole(whole, root));
        }

        folder.ReadJson("added_tokens.json", root => AddIds(folder.Find("added_tokens.json")!, root, [.. map.Select(name => name.Content)]));
        Pad = config.Concat(map).FirstOrDefault(name => name.Role == "pad_token").Content;
    }

    public IReadOnlyCollection<AddedToken> Added => _tokens.Values;

    public string? Pad { get; }

    // Ids with their tokens and flags.
    private List<(string Role, string Content)> AddConfig(string path, JsonElement root)
    {
        if (root.TryGetProperty("added_tokens_decoder", out var entries))
        {
            foreach (var entry in entries.EnumerateObject())
            {
                var id = int.TryParse(entry.Name, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : throw new InvalidDataException($"'{entry.Name}' is not a token id");
                Add(path, Flagged(path, id, entry.Value));
            }
        }

        return Names(root);
    }

    private SpecialTokenFiles AddWhole(string path, JsonElement root)
    {
        foreach (var entry in root.GetProperty("added_tokens").EnumerateArray())
        {
            Add(path, Flagged(path, entry.GetProperty("id").GetInt32(), entry));
        }

        return this;
    }

    // Ids only: special is what the map of special tokens names.
    private SpecialTokenFiles AddIds(string path, JsonElement root, HashSet<string> special)
    {
        foreach (var entry in root.EnumerateObject())
        {
            Add(path, new AddedToken(entry.Value.GetInt32(), entry.Name, special.Contains(entry.Name)));
        }

        return this;
    }

    private static AddedToken Flagged(string path, int id, JsonElement entry)
    {
        var content = entry.GetProperty("content").GetString() ?? "";
        if (Array.Find(Unsupported, flag => entry.TryGetProperty(flag, out var value) && value.GetBoolean()) is { } set)
        {
            throw new ModelException($"{path} gives the token '{content}' the flag {set}, which OmniGen2's tokenizer does not use: take its own processor folder.");
        }

        return new AddedToken(id, content, entry.TryGetProperty("special", out var special) && special.GetBoolean());
    }

    private void Add(string path, AddedToken token)
    {
        if (token.Content.Length == 0)
        {
            throw new ModelException($"{path} lists an empty token with id {token.Id}: {TokenizerFolder.Remedy}.");
        }

        if (!_tokens.TryAdd(token.Content, token) && _tokens[token.Content].Id != token.Id)
        {
            throw new ModelException($"{path} gives the token '{token.Content}' id {token.Id}, another file of the folder {_tokens[token.Content].Id}: {TokenizerFolder.Remedy}.");
        }
    }

    // "pad_token": "…" or {"content": "…"}; "additional_special_tokens": a list of either.
    private static List<(string Role, string Content)> Names(JsonElement root)
    {
        var names = new List<(string, string)>();
        foreach (var entry in root.EnumerateObject().Where(entry => entry.Name.EndsWith("_token", StringComparison.Ordinal) || entry.Name.EndsWith("_tokens", StringComparison.Ordinal)))
        {
            var values = entry.Value.ValueKind == JsonValueKind.Array ? entry.Value.EnumerateArray().ToArray() : [entry.Value];
            names.AddRange(values.Select(Content).OfType<string>().Select(content => (entry.Name, content)));
        }

        return names;
    }

    private static string? Content(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("content", out var content) => content.GetString(),
        _ => null,
    };
}
