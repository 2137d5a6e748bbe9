using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OmniGen2.Training;

/// <summary>JSON that people write, read without forgiveness: a misspelt key must not quietly leave a default in place.</summary>
public static class StrictJson
{
    /// <summary>Keys and names of values in snake_case; comments and a last comma are welcome.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
    };

    public static T Load<T>(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            CheckKeys(path, "", document.RootElement, typeof(T));
            return document.RootElement.Deserialize<T>(Format) ?? throw new ModelException($"{path} holds null instead of settings.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path} cannot be understood{(e.Path is null or "$" ? "" : $" at '{e.Path.TrimStart('$', '.')}'")}: {e.Message}", e);
        }
    }

    // The serializer would name a .NET type instead of the keys that there are.
    private static void CheckKeys(string path, string section, JsonElement element, Type type)
    {
        var info = Format.GetTypeInfo(type);

        // Where the kind decides over the keys, the serializer knows them better.
        if (element.ValueKind != JsonValueKind.Object || info.Kind != JsonTypeInfoKind.Object || info.PolymorphismOptions is not null)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            var known = info.Properties.FirstOrDefault(p => p.Name == property.Name)
                ?? throw new ModelException($"{path} has the unknown key '{section}{property.Name}'; known: {string.Join(", ", info.Properties.Select(p => p.Name))}.");
            CheckKeys(path, $"{section}{property.Name}.", property.Value, known.PropertyType);
        }
    }
}
