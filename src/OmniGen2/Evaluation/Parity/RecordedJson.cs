using System.Text.Json;

namespace OmniGen2.Evaluation.Parity;

/// <summary>A value of a recorded JSON file, read with errors that name the file and the place in it.</summary>
internal sealed class RecordedJson
{
    private readonly string _place;
    private readonly JsonElement _value;

    private RecordedJson(string place, JsonElement value)
    {
        _place = place;
        _value = value;
    }

    public static RecordedJson Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new RecordedJson(path, document.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be read as JSON: {e.Message.TrimEnd('.')}; copy the recorded set again.", e);
        }
    }

    public bool IsNull => _value.ValueKind == JsonValueKind.Null;

    public bool IsList => _value.ValueKind == JsonValueKind.Array;

    public bool IsText => _value.ValueKind == JsonValueKind.String;

    public bool IsNumber => _value.ValueKind == JsonValueKind.Number;

    public RecordedJson this[string key] => Find(key) ?? throw new ModelException($"{_place} lacks '{key}'.");

    public IReadOnlyList<RecordedJson> Items => Read("a list", v => v.EnumerateArray().Select((e, i) => new RecordedJson($"{_place}[{i}]", e)).ToList());

    public IReadOnlyList<(string Key, RecordedJson Value)> Entries =>
        Read("an object", v => v.EnumerateObject().Select(p => (p.Name, new RecordedJson($"{_place}: {p.Name}", p.Value))).ToList());

    public string Text => Read("a text", v => v.GetString() ?? throw new InvalidOperationException());

    public int Int => Read("a whole number", v => v.GetInt32());

    public long Long => Read("a whole number", v => v.GetInt64());

    public bool Bool => Read("true or false", v => v.GetBoolean());

    /// <summary>A number; infinities are texts.</summary>
    public double Double => Read("a number", v => v.ValueKind switch
    {
        JsonValueKind.String when v.GetString() == "inf" => double.PositiveInfinity,
        JsonValueKind.String when v.GetString() == "-inf" => double.NegativeInfinity,
        _ => v.GetDouble(),
    });

    public int[] Ints => [.. Items.Select(i => i.Int)];

    public double[] Doubles => [.. Items.Select(i => i.Double)];

    public string[] Texts => [.. Items.Select(i => i.Text)];

    public string Raw => _value.GetRawText();

    /// <summary>The value of a key; null when there is none.</summary>
    public RecordedJson? Find(string key) =>
        _value.ValueKind == JsonValueKind.Object && _value.TryGetProperty(key, out var found) ? new RecordedJson($"{_place}: {key}", found) : null;

    private T Read<T>(string kind, Func<JsonElement, T> read)
    {
        try
        {
            return read(_value);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new ModelException($"{_place} is not {kind}.", e);
        }
    }
}
