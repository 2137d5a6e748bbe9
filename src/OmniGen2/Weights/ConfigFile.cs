using System.Globalization;
using System.Text.Json;

namespace OmniGen2.Weights;

/// <summary>A config.json of a checkpoint, read key by key with errors that name the file and the key.</summary>
public sealed class ConfigFile
{
    private readonly JsonElement _root;

    private readonly string _section;

    private ConfigFile(string path, JsonElement root, string section)
    {
        Path = path;
        _root = root;
        _section = section;
    }

    public string Path { get; }

    /// <summary>The keys of this object, in the file's order.</summary>
    public IEnumerable<string> Keys => _root.EnumerateObject().Select(p => p.Name);

    public static ConfigFile Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigFile(path, document.RootElement.Clone(), "")
                : throw new WeightsException($"{path} holds a JSON {document.RootElement.ValueKind} instead of an object; download it again.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WeightsException($"{path} is missing; a checkpoint folder in the published layout has it.", e);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"{path} cannot be read as JSON: {e.Message.TrimEnd('.')}; download it again.", e);
        }
    }

    /// <summary>True when the key is there and not null.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Demands that the config is for one of these classes, by the key `_class_name` or another.</summary>
    public ConfigFile Expect(string key, params string[] classes)
    {
        var name = String(key);
        return classes.Contains(name)
            ? this
            : throw new WeightsException($"{Path} is for class '{name}', which is unknown here; known: {string.Join(", ", classes)}.");
    }

    public string String(string key, string? otherwise = null) =>
        Value(key, otherwise, "a string", e => e.ValueKind == JsonValueKind.String ? e.GetString() : null);

    public bool Bool(string key, bool? otherwise = null) =>
        Value(key, otherwise, "true or false", e => e.ValueKind is JsonValueKind.True or JsonValueKind.False ? e.GetBoolean() : null);

    public int Int(string key, int? otherwise = null) =>
        Value(key, otherwise, "a whole number", e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var v) ? v : (int?)null);

    public double Double(string key, double? otherwise = null) =>
        Value(key, otherwise, "a number", e => e.ValueKind == JsonValueKind.Number ? e.GetDouble() : (double?)null);

    public int[] Ints(string key, int[]? otherwise = null) =>
        Value(key, otherwise, "a list of whole numbers", e => List(e, i => i.ValueKind == JsonValueKind.Number && i.TryGetInt32(out var v) ? v : (int?)null));

    /// <summary>Published files write a single id as a number and several as a list.</summary>
    public int[] OneOrMoreInts(string key) => Find(key) is { ValueKind: JsonValueKind.Number } ? [Int(key)] : Ints(key);

    public double[] Doubles(string key, double[]? otherwise = null) =>
        Value(key, otherwise, "a list of numbers", e => List(e, i => i.ValueKind == JsonValueKind.Number ? i.GetDouble() : (double?)null));

    public string[] Strings(string key, string[]? otherwise = null) =>
        Value(key, otherwise, "a list of strings", e =>
            e.ValueKind == JsonValueKind.Array && e.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String)
                ? e.EnumerateArray().Select(i => i.GetString()!).ToArray()
                : null);

    /// <summary>An object inside this one; its keys are named `key.inner` in errors.</summary>
    public ConfigFile Section(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Object } inner
            ? new ConfigFile(Path, inner, Full(key) + ".")
            : throw Missing(key, "an object");

    /// <summary>A size, a count, anything that must be at least this large.</summary>
    public int AtLeast(int smallest, string key, int? otherwise = null)
    {
        var value = Int(key, otherwise);
        return value >= smallest
            ? value
            : throw new WeightsException($"{Path} has '{Full(key)}' = {value.ToString(CultureInfo.InvariantCulture)}; it must be at least {smallest}.");
    }

    private static T[]? List<T>(JsonElement element, Func<JsonElement, T?> read)
        where T : struct
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var values = element.EnumerateArray().Select(read).ToArray();
        return values.All(v => v is not null) ? [.. values.Select(v => v!.Value)] : null;
    }

    private T Value<T>(string key, T? otherwise, string kind, Func<JsonElement, T?> read)
        where T : class => Find(key) is { } element ? read(element) ?? throw Missing(key, kind) : otherwise ?? throw Missing(key, kind);

    private T Value<T>(string key, T? otherwise, string kind, Func<JsonElement, T?> read)
        where T : struct => Find(key) is { } element ? read(element) ?? throw Missing(key, kind) : otherwise ?? throw Missing(key, kind);

    private JsonElement? Find(string key) =>
        _root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Full(string key) => _section + key;

    private WeightsException Missing(string key, string kind) => Find(key) is { } found
        ? new($"{Path} has '{Full(key)}' = {found.GetRawText()}, which is not {kind}.")
        : new($"{Path} lacks the key '{Full(key)}' ({kind}).");
}
