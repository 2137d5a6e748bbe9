using System.Net;
using System.Text.Json;
using OmniGen2.Web.Tests.Api.OpenAi;
using OmniGen2.Web.Tests.Jobs.Checking;
using static OmniGen2.Web.Tests.Jobs.Checking.FakeJudge;

namespace OmniGen2.Web.Tests.Api.Rest;

public sealed class StepsApiTests
{
    [Fact]
    public async Task Step_is_kept_and_gone_on_from()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var star = await studio.Ended((await studio.Call("/api/jobs", new { prompt = "a red star", steps = 12, seed = 4 })).Json.GetProperty("jobs")[0]);
        var steps = (await studio.Ask($"/api/pictures/{Id(star)}/steps")).Json;
        Assert.Equal((12, "4 8"), (steps.GetProperty("steps").GetInt32(), string.Join(' ', steps.GetProperty("kept").EnumerateArray())));
        Assert.Equal(HttpStatusCode.OK, (await studio.Ask(steps.GetProperty("film").GetString()!)).Status);

        var kept = await studio.Ended((await studio.Call($"/api/pictures/{Id(star)}/steps/4/keep", new { })).Json);
        Assert.Equal("step", (await studio.Ask($"/api/pictures/{Id(kept)}")).Json.GetProperty("picture").GetProperty("kind").GetString());
        var same = await studio.Ended((await studio.Call($"/api/pictures/{Id(star)}/steps/8/go-on", new { })).Json);
        Assert.Equal(await studio.Pixels(Id(star)), await studio.Pixels(Id(same)));
        var other = await studio.Ended((await studio.Call($"/api/pictures/{Id(star)}/steps/8/go-on", new { prompt = "a blue star" })).Json);
        Assert.Equal("a blue star", other.GetProperty("words").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Call($"/api/pictures/{Id(star)}/steps/5/keep", new { })).Status);
    }

    [Fact]
    public async Task Picture_checks_itself_and_the_rounds_say_what_was_wrong_also_after_a_restart()
    {
        using var disk = new TemporaryFolder();
        JsonElement done;
        await using (var studio = new WebStudio(new FakePipeline { Answer = new FakeJudge(Says(5, "The star is blue."), Says(22)).Answer }, disk))
        {
            done = await studio.Ended((await studio.Call("/api/jobs", new { prompt = "a red star", seed = 1, reflection = new { rounds = 2 } })).Json.GetProperty("jobs")[0]);
            Assert.Equal(("reflection", "done"), (done.GetProperty("kind").GetString(), done.GetProperty("state").GetString()));
            var rounds = (await studio.Ask($"/api/pictures/{Id(done)}/rounds")).Json.EnumerateArray().ToList();
            Assert.Equal([(1, 5, "The star is blue.", false), (2, 22, "Something is wrong.", true)], rounds.Select(Said));
            Assert.Equal(rounds[1].GetProperty("picture").GetString(), done.GetProperty("pictureId").GetString());
        }

        await using var next = new WebStudio(new FakePipeline(), disk);
        Assert.Equal(done.GetProperty("pictureId").GetString(), (await next.Ask($"/api/jobs/{Id(done)}")).Json.GetProperty("pictureId").GetString());
    }

    [Fact]
    public async Task Picture_is_described_and_a_prompt_is_expanded()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var star = await studio.Ended((await studio.Call("/api/jobs", new { prompt = "a red star" })).Json.GetProperty("jobs")[0]);
        var text = (await studio.Ended((await studio.Call("/api/prompts/expand", new { prompt = "a red star" })).Json)).GetProperty("text").GetString();
        Assert.Equal(8, text!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Call("/api/prompts/expand", new { prompt = " " })).Status);
        Assert.Equal(["a red star"], (await studio.Ask("/api/prompts")).Json.EnumerateArray().Select(x => x.GetString()));

        await using var seeing = new WebStudio(new FakePipeline { Answer = x => x.Turns[^1].Images.Count > 0 ? "A red star on white." : null });
        var picture = await seeing.Ended((await seeing.Call("/api/jobs", new { prompt = "a red star" })).Json.GetProperty("jobs")[0]);
        await seeing.Ended((await seeing.Call($"/api/pictures/{Id(picture)}/describe", new { })).Json);
        Assert.Equal("A red star on white.", (await seeing.Ask($"/api/pictures/{Id(picture)}")).Json.GetProperty("picture").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Pictures_leave_as_a_zip_and_the_trash_is_emptied()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var star = await studio.Ended((await studio.Call("/api/jobs", new { prompt = "a red star" })).Json.GetProperty("jobs")[0]);
        var zip = (await studio.Call("/api/pictures/zip", new[] { Id(star) })).Json.GetProperty("zip").GetString()!;
        using var archive = new System.IO.Compression.ZipArchive(await studio.CreateClient().GetStreamAsync(zip));
        Assert.Equal(2, archive.Entries.Count);

        Assert.Equal(HttpStatusCode.NotFound, (await studio.Send(HttpMethod.Delete, $"/api/trash/{Id(star)}")).Status);
        await studio.Send(HttpMethod.Delete, $"/api/pictures/{Id(star)}");
        Assert.Equal(1, (await studio.Send(HttpMethod.Delete, "/api/trash")).Json.GetProperty("changed").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Ask($"/api/pictures/{Id(star)}")).Status);
    }

    private static (int, int, string, bool) Said(JsonElement round) =>
        (round.GetProperty("round").GetInt32(), round.GetProperty("score").GetInt32(), round.GetProperty("words").GetString()!, round.GetProperty("isBest").GetBoolean());

    private static string Id(JsonElement job) => job.GetProperty("id").GetString()!;
}
