using System.Net.Http.Json;
using System.Text.Json;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

/// <summary>What tests of the studio's own API have in common.</summary>
internal static class RestCalling
{
    public static async Task<Answer> Send(this WebStudio studio, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await Answer.Of(await studio.CreateClient().SendAsync(request));
    }

    /// <summary>The job as it ended.</summary>
    public static async Task<JsonElement> Ended(this WebStudio studio, JsonElement job)
    {
        var end = (await studio.Events(job.GetProperty("id").GetString()!))[^1];
        Assert.Equal("ended", end.Name);
        return end.Data;
    }

    public static async Task<byte[]> Pixels(this WebStudio studio, string picture) =>
        Imaging.ImageFile.Decode(await studio.CreateClient().GetByteArrayAsync(Links.Picture(Guid.Parse(picture)))).Pixels;
}
