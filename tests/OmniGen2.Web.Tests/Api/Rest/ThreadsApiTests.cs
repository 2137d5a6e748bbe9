using System.Net;
using System.Text.Json;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

public sealed class ThreadsApiTests
{
    [Fact]
    public async Task Thread_is_begun_gone_on_with_searched_renamed_exported_and_thrown_away()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var thread = await Say(studio, "/api/threads", "hello");
        await Say(studio, $"/api/threads/{thread}/messages", "draw a red star");
        var said = (await studio.Ask($"/api/threads/{thread}")).Json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant", "user", "assistant"], said.Select(x => Text(x, "role")));
        Assert.Equal(("hello", 8), (Text(said[0], "text"), Text(said[1], "text").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        var picture = Text(said[3], "pictureId");

        Assert.Equal([thread], Ids(await studio.Ask("/api/threads?search=red%20star")));
        Assert.Empty(Ids(await studio.Ask("/api/threads?search=ring")));
        await studio.Send(HttpMethod.Patch, $"/api/threads/{thread}", new { title = "Stars" });
        var export = await studio.Ask($"/api/threads/{thread}/export");
        Assert.StartsWith("# Stars\n\n**Asked**, ", export.Text, StringComparison.Ordinal);
        Assert.Contains($"![picture {picture}](http://localhost{Links.Picture(Guid.Parse(picture))})", export.Text, StringComparison.Ordinal);

        await studio.Send(HttpMethod.Delete, $"/api/threads/{thread}");
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Ask($"/api/threads/{thread}")).Status);
        await studio.Call($"/api/threads/{thread}/restore", new { });
        Assert.Equal([thread], Ids(await studio.Ask("/api/threads")));
    }

    [Fact]
    public async Task Message_taken_back_takes_along_what_came_after_and_can_be_answered_anew()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var thread = await Say(studio, "/api/threads", "hello");
        var answer = Text((await studio.Ask($"/api/threads/{thread}")).Json.GetProperty("messages")[1], "id");
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Send(HttpMethod.Delete, $"/api/threads/{thread}/messages/{answer}")).Status);
        Assert.Equal(1, (await studio.Ask($"/api/threads/{thread}")).Json.GetProperty("messages").GetArrayLength());
        await studio.Ended((await studio.Call($"/api/threads/{thread}/answer", new { })).Json.GetProperty("job"));
        Assert.Equal(2, (await studio.Ask($"/api/threads/{thread}")).Json.GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"text":" "}""", 400)]
    [InlineData("""{"text":"what is this?","pictures":["00000000-0000-0000-0000-000000000001"]}""", 400)]
    [InlineData("""{}""", 400)]
    public async Task What_cannot_be_said_leaves_no_thread(string body, int status)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var answer = await studio.Call("/api/threads", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)answer.Status);
        Assert.Empty(Ids(await studio.Ask("/api/threads")));
    }

    /// <returns>The thread, once the answer is there.</returns>
    private static async Task<string> Say(WebStudio studio, string path, string text)
    {
        var asked = await studio.Call(path, new { text });
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        await studio.Ended(asked.Json.GetProperty("job"));
        return Text(asked.Json, "thread");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IReadOnlyList<string> Ids(Answer page) => [.. page.Json.EnumerateArray().Select(x => Text(x, "id"))];
}
