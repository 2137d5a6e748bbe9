using System.Net.Http.Json;
using System.Text.Json;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

/// <summary>Microsoft's own SignalR client for Node, unchanged, follows jobs.</summary>
[Collection(ClientTests.Name)]
public sealed class HubClientTests(RealStudio studio)
{
    [ClientFact]
    public async Task Job_is_followed_to_its_end_and_resumed_by_the_last_id()
    {
        using var http = new HttpClient { BaseAddress = new Uri(studio.Address) };
        var taken = await http.PostAsJsonAsync("/api/jobs", new { prompt = "a large red star in the center on a white background", steps = 12, seed = 3 });
        var job = JsonSerializer.Deserialize<JsonElement>(await taken.Content.ReadAsStringAsync()).GetProperty("jobs")[0].GetProperty("id").GetString()!;

        var events = (await studio.Node("signalr.cjs", job)).GetProperty("events").EnumerateArray().ToList();
        Assert.Equal("ended", events[^1].GetProperty("event").GetString());
        Assert.Equal("done", events[^1].GetProperty("job").GetProperty("state").GetString());
        Assert.Equal(job, events[^1].GetProperty("job").GetProperty("pictureId").GetString());
        Assert.Equal(events.Count, events.Select(x => x.GetProperty("id").GetString()).Distinct().Count());

        Assert.Empty((await studio.Node("signalr.cjs", job, "end")).GetProperty("events").EnumerateArray());
    }

    [ClientFact]
    public async Task Job_that_does_not_exist_is_refused_with_a_sentence() =>
        Assert.Contains("There is no job", (await studio.Node("signalr.cjs", Guid.NewGuid().ToString())).GetProperty("refused").GetString(), StringComparison.Ordinal);
}
