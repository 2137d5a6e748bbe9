using System.Net;
using System.Net.Http.Headers;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

public sealed class PicturesApiTests
{
    [Fact]
    public async Task Picture_is_found_marked_tagged_put_on_a_board_and_thrown_away()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var (star, ring) = (await Drawn(studio, "a red star"), await Drawn(studio, "a blue ring"));
        Assert.Equal([star], Ids(await studio.Ask("/api/pictures?search=star")));
        Assert.Equal([ring, star], Ids(await studio.Ask("/api/pictures")));
        Assert.Equal([star], Ids(await studio.Ask("/api/pictures?order=oldest&limit=1")));

        Assert.Equal(5, (await studio.Send(HttpMethod.Patch, $"/api/pictures/{star}", new { rating = 5, isStarred = true })).Json.GetProperty("rating").GetInt32());
        await studio.Send(HttpMethod.Put, $"/api/pictures/{star}/tags/Best%20of");
        var board = (await studio.Call("/api/boards", new { name = "Shapes" })).Json.GetProperty("id").GetString();
        Assert.Equal(1, (await studio.Call($"/api/boards/{board}/pictures", new[] { star })).Json.GetProperty("changed").GetInt32());
        Assert.Equal([star], Ids(await studio.Ask("/api/pictures?search=board:Shapes%20tag:best-of%20rating:5%20is:starred")));
        Assert.Equal(["best-of"], (await studio.Ask($"/api/pictures/{star}")).Json.GetProperty("tags").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal("best-of", (await studio.Ask("/api/tags")).Json[0].GetProperty("tag").GetString());
        Assert.Equal(("Shapes", 1), (await studio.Ask("/api/boards")).Json[0] is var first ? (first.GetProperty("name").GetString(), first.GetProperty("count").GetInt32()) : default);

        await studio.Send(HttpMethod.Delete, $"/api/pictures/{star}/tags/best-of");
        await studio.Send(HttpMethod.Delete, $"/api/boards/{board}/pictures/{star}");
        await studio.Send(HttpMethod.Patch, $"/api/boards/{board}", new { name = "Forms" });
        Assert.Empty(Ids(await studio.Ask("/api/pictures?search=board:Forms")));
        await studio.Send(HttpMethod.Delete, $"/api/boards/{board}");
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Delete, $"/api/boards/{board}")).Status);

        await studio.Send(HttpMethod.Delete, $"/api/pictures/{star}");
        Assert.Equal([ring], Ids(await studio.Ask("/api/pictures")));
        Assert.Equal([star], Ids(await studio.Ask("/api/pictures?search=is:trashed")));
        await studio.Call($"/api/pictures/{star}/restore", new { });
        Assert.Equal(2, (await studio.Ask("/api/pictures")).Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Settings_of_a_picture_lead_to_the_same_pixels_again()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var star = await Drawn(studio, "a red star");
        var edit = await Drawn(studio, "make it blue", star);
        foreach (var picture in new[] { star, edit })
        {
            var settings = (await studio.Ask($"/api/pictures/{picture}/settings")).Json;
            var again = await Done(studio, await studio.Call("/api/jobs", settings));
            Assert.Equal(await studio.Pixels(picture), await studio.Pixels(again));
        }

        var tree = (await studio.Ask($"/api/pictures/{star}/tree")).Json;
        var node = tree.GetProperty("nodes").EnumerateArray().Single(x => x.GetProperty("id").GetString() == edit);
        Assert.Equal(star, node.GetProperty("parents")[0].GetString());
    }

    [Fact]
    public async Task File_of_another_program_says_how_it_was_made()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var star = await Drawn(studio, "a red star");
        var file = await studio.CreateClient().GetByteArrayAsync(Links.Picture(Guid.Parse(star)));
        var told = await studio.Call("/api/settings", new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } });
        Assert.Equal("a red star", told.Json.GetProperty("prompt").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Call("/api/settings", new ByteArrayContent([1, 2, 3]))).Status);
    }

    [Theory]
    [InlineData("PATCH", "/api/pictures/{0}", """{"rating":9}""", 400)]
    [InlineData("PATCH", "/api/pictures/{0}", """{"rating":"x"}""", 400)]
    [InlineData("PATCH", "/api/pictures/00000000-0000-0000-0000-000000000001", "{}", 404)]
    [InlineData("GET", "/api/pictures/nothing", "", 404)]
    [InlineData("GET", "/api/pictures?order=best", "", 400)]
    [InlineData("PUT", "/api/pictures/{0}/tags/%22", "", 400)]
    [InlineData("POST", "/api/boards", """{"name":""}""", 400)]
    [InlineData("POST", "/api/boards", "{}", 400)]
    [InlineData("POST", "/api/boards", "null", 400)]
    public async Task What_makes_no_sense_is_refused(string method, string path, string body, int status)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var picture = await Drawn(studio, "a red star");
        using var request = new HttpRequestMessage(new HttpMethod(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, picture));
        request.Content = body.Length > 0 ? new StringContent(body, System.Text.Encoding.UTF8, "application/json") : null;
        Assert.Equal(status, (int)(await studio.CreateClient().SendAsync(request)).StatusCode);
    }

    private static async Task<string> Drawn(WebStudio studio, string prompt, params string[] pictures) =>
        await Done(studio, await studio.Call("/api/jobs", new { prompt, pictures, seed = 4 }));

    private static async Task<string> Done(WebStudio studio, Answer taken)
    {
        var end = await studio.Ended(taken.Json.GetProperty("jobs")[0]);
        Assert.Equal("done", end.GetProperty("state").GetString());
        return end.GetProperty("id").GetString()!;
    }

    private static IReadOnlyList<string> Ids(Answer page) => [.. page.Json.GetProperty("pictures").EnumerateArray().Select(x => x.GetProperty("id").GetString()!)];
}
