using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OmniGen2.Web.Tests.Api.OpenAi;
using static OmniGen2.Web.Tests.Api.Rest.JobEventReading;

namespace OmniGen2.Web.Tests.Api.Rest;

public sealed class JobsApiTests
{
    [Fact]
    public async Task Request_becomes_jobs_that_can_be_looked_at_and_cancelled()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var taken = await studio.Call("/api/jobs", new { prompt = "a red star", count = 2, seed = 5 });
        Assert.Equal(HttpStatusCode.Accepted, taken.Status);
        var (first, second) = (Id(taken, 0), Id(taken, 1));
        Assert.Equal($"/api/jobs/{first}", taken.Headers.Location!.ToString());
        await studio.Queue.Watch().FirstAsync(x => x.Running is not null);

        var waiting = (await studio.Ask($"/api/jobs/{second}")).Json;
        Assert.Equal(("queued", "picture", "a red star", 1), (Text(waiting, "state"), Text(waiting, "kind"), Text(waiting, "words"), waiting.GetProperty("position").GetInt32()));
        Assert.True((await studio.Call($"/api/jobs/{second}/cancel", new { })).Json.GetProperty("cancelled").GetBoolean());
        Assert.Equal("stopped", Text((await studio.Ask($"/api/jobs/{second}")).Json, "state"));
        Assert.False((await studio.Call($"/api/jobs/{second}/cancel", new { })).Json.GetProperty("cancelled").GetBoolean());

        studio.Pipeline!.Open();
        await studio.Queue.Watch().FirstAsync(x => x.Running is null);
        var done = (await studio.Ask($"/api/jobs/{first}")).Json;
        Assert.Equal(("done", first), (Text(done, "state"), Text(done, "pictureId")));
        Assert.Equal(HttpStatusCode.OK, (await studio.Ask(Text(done, "picture")!)).Status);
    }

    [Fact]
    public async Task Conversation_is_answered()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var job = Id(await studio.Call("/api/jobs", new { messages = new[] { new { role = "user", text = "hello" } }, seed = 1 }));
        var answer = (await studio.Events(job))[^1];
        Assert.Equal("ended", answer.Name);
        Assert.Equal("7 8 9 10 11 12 13 14 ", Text(answer.Data, "text"));
    }

    [Fact]
    public async Task Same_request_under_the_same_key_is_taken_once_also_after_a_restart()
    {
        using var disk = new TemporaryFolder();
        string first;
        await using (var studio = new WebStudio(FakePipeline.Held(), disk))
        {
            first = Id(await Keyed(studio, "a red star"));
            var again = await Keyed(studio, "a red star");
            Assert.Equal((first, "true"), (Id(again), again.Headers.GetValues("Idempotency-Replayed").Single()));
            Assert.NotEqual(first, Id(await Keyed(studio, "a red star", key: "other")));
        }

        await using var next = new WebStudio(new FakePipeline(), disk);
        Assert.Equal(first, Id(await Keyed(next, "a red star")));
        var other = await Keyed(next, "a blue star");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Contains("Idempotency-Key", Text(other.Json, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_is_filtered_and_goes_on_where_the_page_before_ended()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var batch = (await studio.Call("/api/jobs", new { prompt = "many", count = 7 })).Json.GetProperty("jobs")[0].GetProperty("batch").GetString();
        await studio.Call("/api/jobs", new { prompt = "last" });
        await studio.Queue.Watch().FirstAsync(x => x.Running is not null);

        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = (await studio.Ask($"/api/jobs?limit=3{cursor}")).Json;
            seen.AddRange(page.GetProperty("jobs").EnumerateArray().Select(x => Text(x, "id")!));
            cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : "";
            if (seen.Count == 3)
            {
                // What comes meanwhile shifts nothing.
                await studio.Call("/api/jobs", new { prompt = "later" });
            }
        }
        while (cursor.Length > 0);

        Assert.Equal((8, 8), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(7, (await studio.Ask($"/api/jobs?batch={batch}")).Json.GetProperty("jobs").GetArrayLength());
        Assert.Equal(1, (await studio.Ask("/api/jobs?state=running")).Json.GetProperty("jobs").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Ask("/api/jobs?cursor=x")).Status);
    }

    [Fact]
    public async Task Events_resume_after_the_last_one_that_was_heard()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        var job = Id(await studio.Call("/api/jobs", new { prompt = "a red star", steps = 4 }));
        studio.Pipeline!.Allow(3);
        await studio.Queue.Find(Guid.Parse(job))!.Watch().FirstAsync(x => x is Web.Jobs.JobUpdate.Working { Step: 2 });

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{job}/events") { Headers = { { "Last-Event-ID", "1-Denoising-2" } } };
        using var response = await studio.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        studio.Pipeline.Open();
        var events = Parse(await response.Content.ReadAsStringAsync());

        Assert.DoesNotContain(events, x => x.Id == "1-Denoising-2");
        Assert.Equal(("end", "ended", "done"), (events[^1].Id, events[^1].Name, Text(events[^1].Data, "state")));
        Assert.Equal("end", (await studio.Events(job)).Single().Id);
        using var over = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{job}/events") { Headers = { { "Last-Event-ID", "end" } } };
        Assert.Equal(HttpStatusCode.NoContent, (await studio.CreateClient().SendAsync(over)).StatusCode);
    }

    [Theory]
    [InlineData("""{}""", "say in prompt what to draw")]
    [InlineData("""{"prompt":"x","steps":0}""", "Steps")]
    [InlineData("""{"prompt":"x","count":9}""", "ask for 1 to 8")]
    [InlineData("""{"prompt":"x","width":65,"height":64}""", "65")]
    [InlineData("""{"prompt":"x","scheduler":7}""", "cannot be read")]
    [InlineData("""{"prompt":"x","pictures":["00000000-0000-0000-0000-000000000001"]}""", "no longer in the history")]
    [InlineData("""{"messages":[{"role":"assistant","text":"x"}]}""", "end with what you ask")]
    [InlineData("""{"messages":[null]}""", "end with what you ask")]
    [InlineData("""[]""", "cannot be read")]
    [InlineData("""{""", "cannot be read")]
    public async Task Request_that_cannot_be_drawn_is_refused_with_a_sentence(string body, string sentence)
    {
        await using var studio = new WebStudio(new FakePipeline());
        var refused = await studio.Call("/api/jobs", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(sentence, Text(refused.Json, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_stands_still_and_goes_on_and_its_jobs_move()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        await studio.Call("/api/queue/halt", new { });
        var (first, last) = (Id(await studio.Call("/api/jobs", new { prompt = "first" })), Id(await studio.Call("/api/jobs", new { prompt = "last" })));
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Call($"/api/jobs/{last}/move?to=first", new { })).Status);
        var queue = (await studio.Ask("/api/queue")).Json;
        Assert.True(queue.GetProperty("isHalted").GetBoolean());
        Assert.Equal([last, first], queue.GetProperty("waiting").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Call("/api/queue/resume", new { })).Status);
        await studio.Queue.Watch().FirstAsync(x => x.Running is not null);
        Assert.Equal(HttpStatusCode.Conflict, (await studio.Call($"/api/jobs/{last}/move?to=first", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Ask($"/api/jobs/{Guid.NewGuid()}")).Status);
    }

    private static async Task<Answer> Keyed(WebStudio studio, string prompt, string key = "mine")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = JsonContent.Create(new { prompt }), Headers = { { "Idempotency-Key", key } } };
        return await Answer.Of(await studio.CreateClient().SendAsync(request));
    }

    private static string Id(Answer taken, int index = 0) => taken.Json.GetProperty("jobs")[index].GetProperty("id").GetString()!;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
