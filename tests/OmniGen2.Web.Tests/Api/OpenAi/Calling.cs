using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Tests.Api.OpenAi;

/// <summary>The shortest ways to call the API, and what comes back.</summary>
internal static class Calling
{
    public static async Task<Answer> Call(this WebStudio studio, string path, object body) =>
        await Answer.Of(await studio.CreateClient().PostAsJsonAsync(path, body));

    public static async Task<Answer> Call(this WebStudio studio, string path, HttpContent body) => await Answer.Of(await studio.CreateClient().PostAsync(path, body));

    /// <summary>A stream over a held model, which takes a step whenever the client has read of one: so no step is missed, however busy the machine.</summary>
    public static async Task<Answer> CallStepwise(this WebStudio studio, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body as HttpContent ?? JsonContent.Create(body) };
        using var response = await studio.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            if (line.StartsWith(':') || line.StartsWith("data:", StringComparison.Ordinal))
            {
                studio.Pipeline!.Allow(1);
            }
        }

        return new Answer(response.StatusCode, text.ToString(), response.Headers);
    }

    public static async Task<Answer> Ask(this WebStudio studio, string path) => await Answer.Of(await studio.CreateClient().GetAsync(path));

    /// <summary>The named events of a stream, in order.</summary>
    public static IReadOnlyList<(string? Name, JsonElement Data)> Events(this Answer answer) =>
        [.. answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(x => x[0] != ':' && !x.Contains("[DONE]", StringComparison.Ordinal)).Select(Event)];

    public static MultipartFormDataContent Form(IReadOnlyDictionary<string, string> fields, string pictureField, params byte[][] pictures)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (picture, i) in pictures.Select((x, i) => (x, i)))
        {
            var file = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
            form.Add(file, pictureField, $"picture-{i}.png");
        }

        return form;
    }

    /// <summary>A picture of one colour as a file.</summary>
    public static byte[] Picture(byte colour = 200, int width = 96, int height = 64, ImageFormat format = ImageFormat.Png)
    {
        var image = new RgbImage(width, height);
        Array.Fill(image.Pixels, colour);
        return ImageFile.Encode(image, format);
    }

    public static string DataUrl(byte[] file) => $"data:image/png;base64,{Convert.ToBase64String(file)}";

    private static (string?, JsonElement) Event(string text)
    {
        var lines = text.Split('\n');
        var name = lines.FirstOrDefault(x => x.StartsWith("event: ", StringComparison.Ordinal))?[7..];
        return (name, JsonSerializer.Deserialize<JsonElement>(lines.Single(x => x.StartsWith("data: ", StringComparison.Ordinal))[6..]));
    }
}

/// <summary>What came back, whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public JsonElement Error => Json.GetProperty("error");

    public string? ErrorText(string name) => Error.GetProperty(name).GetString();

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
        }
    }
}
