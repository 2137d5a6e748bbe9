using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Jobs;

/// <summary>A request as it stands in the job's row: everything, pictures included, so that another process can run it.</summary>
public static class RequestJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new PictureAsPng() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCaches } },
    };

    public static string Write(GenerationRequest request) => JsonSerializer.Serialize(request, Options);

    public static GenerationRequest Read(string json) => JsonSerializer.Deserialize<GenerationRequest>(json, Options) ?? throw new JsonException("The request is null.");

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

    private sealed class PictureAsPng : JsonConverter<RgbImage>
    {
        public override RgbImage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ImageFile.Decode(reader.GetBytesFromBase64(), name: "A reference of the job");

        public override void Write(Utf8JsonWriter writer, RgbImage value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(ImageFile.EncodePng(value));
    }
}
