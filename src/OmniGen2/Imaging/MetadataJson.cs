using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace OmniGen2.Imaging;

/// <summary>How requests become JSON: snake_case, no pixels, caches by kind. New properties of the request need nothing here.</summary>
internal static class MetadataJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        // Readable in any script, yet harmless where someone pastes it into a page.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DropPictures, NameCaches } },
    };

    private static void DropPictures(JsonTypeInfo type)
    {
        foreach (var pictures in type.Properties.Where(p => p.PropertyType == typeof(IReadOnlyList<RgbImage>)).ToList())
        {
            type.Properties.Remove(pictures);
        }
    }

    private static void NameCaches(JsonTypeInfo type)
    {
        if (type.Type == typeof(CacheOptions))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions
            {
                TypeDiscriminatorPropertyName = "kind",
                DerivedTypes =
                {
                    new JsonDerivedType(typeof(CacheOptions.TeaCache), "teacache"),
                    new JsonDerivedType(typeof(CacheOptions.TaylorSeer), "taylorseer"),
                },
            };
        }
    }
}
