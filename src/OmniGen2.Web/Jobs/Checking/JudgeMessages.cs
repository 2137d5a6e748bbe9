using System.Text.Json;
using System.Text.Json.Nodes;
using OmniGen2.Imaging;
using OmniGen2.Reflection;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs.Checking;

/// <summary>The chat-completion messages that ask a service for a verdict, and its answer.</summary>
internal static class JudgeMessages
{
    private const int LongestSide = 1024;
    private const int MostTokens = 400;

    private static readonly IJudgeWords Words = IJudgeWords.Of(JudgeForm.General);

    public static string Request(JudgedPicture picture, string model) => new JsonObject
    {
        ["model"] = model,
        ["temperature"] = 0,
        ["max_tokens"] = MostTokens,
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray([.. picture.References.Append(picture.Picture).Select(Picture), new JsonObject { ["type"] = "text", ["text"] = Words.Question(picture) }]),
        }),
    }.ToJsonString();

    public static Verdict Read(JudgedPicture picture, string response, JudgeOptions options)
    {
        try
        {
            using var json = JsonDocument.Parse(response);
            var answer = json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
            var (read, written) = Usage(json.RootElement);
            return Words.Read(picture, answer ?? "") with
            {
                Tokens = read + written,
                Cost = options is { ReadPrice: 0, WritePrice: 0 } ? null : (read * options.ReadPrice + written * options.WritePrice) / 1_000_000,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return Verdict.Without("The judge's answer is not that of an OpenAI-compatible service.");
        }
    }

    private static JsonObject Picture(RgbImage image) => new()
    {
        ["type"] = "image_url",
        ["image_url"] = new JsonObject { ["url"] = $"data:image/jpeg;base64,{Convert.ToBase64String(ImageFile.EncodeJpeg(Thumbnail.Fit(image, LongestSide)))}" },
    };

    private static (int Read, int Written) Usage(JsonElement json)
    {
        return json.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object ? (Count("prompt_tokens"), Count("completion_tokens")) : (0, 0);

        int Count(string name) => usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : 0;
    }
}
