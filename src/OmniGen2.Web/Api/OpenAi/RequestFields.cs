using System.Globalization;
using System.Text.Json;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The parameters of a request by name, from a JSON object or a form. What is of another kind than it should be is refused by name; null counts as missing.</summary>
internal sealed class RequestFields
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly bool _isForm;

    public RequestFields(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw OpenAiFault.Invalid(null, $"The body is {NameOf(body)}: send a JSON object.", "invalid_json");
        }

        foreach (var property in body.EnumerateObject())
        {
            _values[property.Name] = property.Value;
        }
    }

    /// <param name="form">Names and texts; `name[]`, once or several times, is a list.</param>
    public RequestFields(IEnumerable<(string Name, string Text)> form)
    {
        _isForm = true;
        foreach (var field in form.GroupBy(x => x.Name))
        {
            var isList = field.Key.EndsWith("[]", StringComparison.Ordinal);
            _values[isList ? field.Key[..^2] : field.Key] = isList
                ? JsonSerializer.SerializeToElement(field.Select(x => x.Text).ToList())
                : JsonSerializer.SerializeToElement(field.Last().Text);
        }
    }

    public JsonElement? Find(string name) => _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name) => Find(name) is { } value ? TextOf(value, name) : null;

    public string RequiredText(string name) => Text(name) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw OpenAiFault.Invalid(name, $"Missing required parameter: '{name}'.", "missing_required_parameter");

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text when _isForm && bool.TryParse(text.GetString(), out var flag) => flag,
        { } other => throw WrongKind(name, "a boolean", other),
    };

    public long? Integer(string name, long least, long most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var isInteger = value.ValueKind == JsonValueKind.Number
            ? value.TryGetInt64(out var number)
            : long.TryParse(FormText(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        return !isInteger ? throw WrongKind(name, "an integer", value)
            : number >= least && number <= most ? number
            : throw OpenAiFault.Invalid(name, $"'{name}' is {number}: use {least} to {most}.");
    }

    public double? Number(string name, double least, double most) => Find(name) is { } value ? NumberOf(value, name, least, most) : null;

    /// <summary>Null when there is none; a list of another length is refused.</summary>
    public IReadOnlyList<double>? Numbers(string name, int count, double least, double most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == count => [.. list.EnumerateArray().Select(x => NumberOf(x, name, least, most))],
        { } other => throw WrongKind(name, $"a list of {count} numbers", other),
    };

    /// <summary>A list of objects, each to be read like this one; empty when there is none.</summary>
    public IReadOnlyList<RequestFields> Objects(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.Object ? new RequestFields(x) : throw WrongKind(name, "a list of objects", x))],
        { } other => throw WrongKind(name, "a list of objects", other),
    };

    public T Choice<T>(string name, T otherwise, params (string Name, T Value)[] choices)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        foreach (var (choice, value) in choices)
        {
            if (choice.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw OpenAiFault.Invalid(name, $"'{name}' knows no '{Short(text)}': use one of {string.Join(", ", choices.Select(x => x.Name))}.");
    }

    public static string TextOf(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw WrongKind(name, "a string", value);
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw OpenAiFault.Invalid(name, $"'{name}' is no valid Unicode text: send whole characters.");
        }
    }

    /// <summary>Of what somebody sent, as much as fits into a sentence.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    public static OpenAiFault WrongKind(string name, string expected, JsonElement found) =>
        OpenAiFault.Invalid(name, $"Invalid type for '{name}': expected {expected}, but got {NameOf(found)} instead.", "invalid_type");

    private double NumberOf(JsonElement value, string name, double least, double most)
    {
        var isNumber = value.ValueKind == JsonValueKind.Number
            ? value.TryGetDouble(out var number)
            : double.TryParse(FormText(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

        // Written so that NaN fails.
        return !isNumber ? throw WrongKind(name, "a number", value)
            : number >= least && number <= most ? number
            : throw OpenAiFault.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {number}: use {least} to {most}."));
    }

    private string? FormText(JsonElement value) => _isForm && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
