using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OmniGen2.Web.Jobs;

/// <summary>A request as it stands in the job's row: everything but pixels, so that another process can run it.</summary>
public static class RequestJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DropPixels, NameCaches } },
    };

    public static string Write(JobRequest request) => JsonSerializer.Serialize(request, Options);

    public static JobRequest Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("$type", out _)
            ? document.Deserialize<JobRequest>(Options) ?? throw new JsonException("The request is null.")
            : new PictureRequest { Generation = Bare(document.RootElement) };
    }

    /// <summary>The first version wrote the generation alone, with its pictures inside.</summary>
    private static GenerationRequest Bare(JsonElement request) =>
        request.TryGetProperty(nameof(GenerationRequest.Images), out var pictures) && pictures.GetArrayLength() > 0
            ? throw new ModelException("An older version of the studio took this request with its pictures inside: choose the pictures and start it again.")
            : request.Deserialize<GenerationRequest>(Options) ?? throw new JsonException("The request is null.");

    private static void DropPixels(JsonTypeInfo type)
    {
        var pixels = type.Properties.Where(x => x.PropertyType == typeof(IReadOnlyList<RgbImage>) || x.PropertyType == typeof(IReadOnlyList<ChatTurn>));
        foreach (var property in pixels.ToList())
        {
            type.Properties.Remove(property);
        }
    }

    private static void NameCaches(JsonTypeInfo type)
    {
        if (type.Type == typeof(CacheOptions))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions
            {
                DerivedTypes =
                {
                    new JsonDerivedType(typeof(CacheOptions.TeaCache), nameof(CacheOptions.TeaCache)),
                    new JsonDerivedType(typeof(CacheOptions.TaylorSeer), nameof(CacheOptions.TaylorSeer)),
                },
            };
        }
    }
}
