using System.ComponentModel.DataAnnotations;
using OmniGen2.Reflection;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Checking;
using OmniGen2.Web.Options;
using static OmniGen2.Web.Tests.Jobs.Checking.JudgeServer;

namespace OmniGen2.Web.Tests.Jobs.Checking;

/// <summary>A service as the judge: what is sent to it, and what its faults cost.</summary>
public sealed class ServiceJudgeTests
{
    private const string Good = """{"score": 17, "wrong": "The hat is missing.", "edit": "add a hat", "prompt": "a cat with a hat"}""";

    [Fact]
    public async Task Verdict_is_asked_for_with_the_pictures_and_its_cost_is_counted()
    {
        await using var server = await JudgeServer.Start(Verdict(Good));
        var verdict = Ask(Options(server) with { ApiKey = "secret", ReadPrice = 2, WritePrice = 10 });
        Assert.Equal(new Verdict { Score = 17, Words = "The hat is missing.", Repair = "add a hat", Rewording = "a cat with a hat", Tokens = 1_050, Cost = 0.0025 }, verdict);
        var (key, body) = Assert.Single(server.Requests);
        Assert.Equal("Bearer secret", key);
        var root = body.RootElement;
        Assert.Equal("seer", root.GetProperty("model").GetString());
        var content = root.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal(["image_url", "image_url", "text"], content.EnumerateArray().Select(x => x.GetProperty("type").GetString()));
        Assert.StartsWith("data:image/jpeg;base64,", content[0].GetProperty("image_url").GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("“give it a hat”", content[2].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Service_that_is_busy_is_asked_again(int status)
    {
        await using var server = await JudgeServer.Start(Status(status), Status(status, "Retry-After", "0"), Verdict(Good));
        Assert.Equal(17, Ask(Options(server)).Score);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Service_that_is_silent_is_asked_again_and_then_given_up()
    {
        await using var server = await JudgeServer.Start(Silence);
        var verdict = Ask(Options(server) with { TimeoutSeconds = 1, Retries = 1 });
        Assert.Equal((null, "The judge at 127.0.0.1 gave no verdict: it was silent for 1 s."), (verdict.Score, verdict.Words));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Refusal_that_no_retry_would_mend_is_not_retried(int status)
    {
        await using var server = await JudgeServer.Start(Status(status));
        Assert.Equal($"The judge at 127.0.0.1 gave no verdict: it answered {status}.", Ask(Options(server)).Words);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Service_that_sends_elsewhere_is_not_followed()
    {
        await using var other = await JudgeServer.Start(Verdict(Good));
        await using var server = await JudgeServer.Start(Status(307, "Location", $"{other.Url}chat/completions"));
        Assert.Null(await Reflected(server, x => x.Score));
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>hello</html>")]
    [InlineData("[]")]
    [InlineData("""{"choices": []}""")]
    [InlineData("""{"choices": [{"message": {"content": 5}}]}""")]
    public async Task Answer_that_is_none_has_no_score(string text)
    {
        await using var server = await JudgeServer.Start(Text(text));
        var verdict = Ask(Options(server));
        Assert.Equal((null, "The judge's answer is not that of an OpenAI-compatible service."), (verdict.Score, verdict.Words));
    }

    [Fact]
    public async Task Answer_without_end_is_cut_off()
    {
        await using var server = await JudgeServer.Start(Text(new string('x', 300_000)));
        Assert.Equal("The judge at 127.0.0.1 gave no verdict: its answer is too long.", await Reflected(server, x => x.Words));
    }

    [Fact]
    public void Service_that_is_not_there_has_no_verdict()
    {
        var options = new JudgeOptions { Url = "http://127.0.0.1:9/v1", Model = "seer", Retries = 1, RetrySeconds = 0 };
        Assert.Equal("The judge at 127.0.0.1 gave no verdict: it cannot be reached.", Ask(options).Words);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_the_service()
    {
        await using var server = await JudgeServer.Start(Silence);
        await using var studio = await TestStudio.Start(new FakePipeline(), null, ("Judge:Url", server.Url), ("Judge:Model", "seer"), ("Judge:TimeoutSeconds", "600"));
        var job = await ReflectionTests.Reflect(studio);
        await job.Watch().FirstAsync(x => x is JobUpdate.Working { Phase: JobPhase.Judging });
        studio.Queue.Stop(job.Id);
        Assert.Equal(new JobUpdate.Stopped(Kept: true) { Picture = job.Id }, await job.Completion());
    }

    [Theory]
    [InlineData("ftp://box", "seer", "Judge:Url is 'ftp://box'")]
    [InlineData("http://box/v1", "", "Judge:Model is empty")]
    public void Options_that_cannot_be_say_what_to_change(string url, string model, string sentence)
    {
        var options = new JudgeOptions { Url = url, Model = model };
        var faults = new List<ValidationResult>();
        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true));
        Assert.StartsWith(sentence, Assert.Single(faults).ErrorMessage, StringComparison.Ordinal);
    }

    private static JudgeOptions Options(JudgeServer server) => new() { Url = server.Url, Model = "seer", RetrySeconds = 0.01 };

    private static Verdict Ask(JudgeOptions options)
    {
        using var http = new HttpClient();
        return new ServiceJudge(http, options, TimeProvider.System).Judge(new JudgedPicture("give it a hat", new RgbImage(32, 32)) { References = [new RgbImage(2_000, 10)] }).Last()!;
    }

    /// <summary>What comes of a picture that is judged there, with the client of the studio.</summary>
    private static async Task<T> Reflected<T>(JudgeServer server, Func<VerdictRow, T> what)
    {
        await using var studio = await TestStudio.Start(new FakePipeline(), null, ("Judge:Url", server.Url), ("Judge:Model", "seer"), ("Judge:Retries", "0"));
        var job = await ReflectionTests.Reflect(studio);
        Assert.Equal(new JobUpdate.Done(job.Id), await job.Completion());
        return what(Assert.Single(ReflectionTests.Rounds(studio, job)));
    }
}
