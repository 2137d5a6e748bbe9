using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Api;
using OmniGen2.Web.Tests.Api.OpenAi;
using OmniGen2.Web.Tests.Jobs.Checking;

namespace OmniGen2.Web.Tests.Api.Rest;

public sealed class WebhookTests
{
    private static readonly (string, string) Private = ("Api:AllowPrivateWebhooks", "true");
    private static readonly (string, string) AtOnce = ("Api:WebhookRetrySeconds", "0");

    [Fact]
    public async Task End_of_a_job_is_told_signed_and_told_again_until_it_is_heard()
    {
        await using var other = await JudgeServer.Start(JudgeServer.Status(500), JudgeServer.Status(503), JudgeServer.Status(200));
        await using var studio = new WebStudio(new FakePipeline(), null, Private, AtOnce);
        var hook = (await studio.Call("/api/webhooks", new { url = other.Url + "chat/completions" })).Json;
        var job = (await studio.Call("/api/jobs", new { prompt = "a red star" })).Json.GetProperty("jobs")[0].GetProperty("id").GetString();

        var told = await Settled(studio, hook);
        Assert.Equal(("delivered", 3, 200, job), (Text(told, "state"), told.GetProperty("attempts").GetInt32(), told.GetProperty("status").GetInt32(), Text(told, "jobId")));
        Assert.Equal(3, other.Requests.Count);
        var body = other.Requests[^1].Body.RootElement;
        Assert.Equal(("job.done", job), (Text(body, "type"), Text(body.GetProperty("data"), "id")));
        var sent = other.Headers[^1];
        var signature = Signed(Text(hook, "secret")!, sent["webhook-id"], sent["webhook-timestamp"], other.Bodies[^1]);
        Assert.Equal(signature, sent["webhook-signature"]);
        Assert.Single(other.Headers.Select(x => x["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task Webhook_that_never_answers_well_is_given_up_and_the_log_says_why()
    {
        await using var other = await JudgeServer.Start(JudgeServer.Status(500));
        await using var studio = new WebStudio(new FakePipeline(), null, Private, AtOnce, ("Api:WebhookRetries", "2"));
        var hook = (await studio.Call("/api/webhooks", new { url = other.Url + "chat/completions" })).Json;
        await studio.Call("/api/jobs", new { prompt = "a red star" });
        var told = await Settled(studio, hook);
        Assert.Equal(("givenUp", 3, "It answers with 500."), (Text(told, "state"), told.GetProperty("attempts").GetInt32(), Text(told, "fault")));

        Assert.Equal(HttpStatusCode.NoContent, (await Answer.Of(await studio.CreateClient().DeleteAsync($"/api/webhooks/{Text(hook, "id")}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Ask($"/api/webhooks/{Text(hook, "id")}/deliveries")).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("http://[::1]/x")]
    [InlineData("http://localhost/x")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://10.1.2.3/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://name:word@example.com/")]
    [InlineData("x")]
    public async Task Private_target_is_refused(string url)
    {
        await using var studio = new WebStudio(new FakePipeline());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.Call("/api/webhooks", new { url })).Status);
        Assert.Equal(0, (await studio.Ask("/api/webhooks")).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("93.184.216.34", "192.168.1.1")]
    public async Task Name_that_leads_into_a_private_network_is_told_nothing(params string[] addresses)
    {
        await using var other = await JudgeServer.Start(JudgeServer.Status(200));
        await using var real = new WebStudio(new FakePipeline(), null, AtOnce);
        await using var studio = real.WithWebHostBuilder(x => x.ConfigureTestServices(services =>
            services.AddSingleton<ResolveName>((_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()))));
        using var client = studio.CreateClient();
        var url = new UriBuilder(other.Url) { Host = "hooks.example.com" }.Uri;
        var hook = (await Answer.Of(await client.PostAsJsonAsync("/api/webhooks", new { url }))).Json;
        await client.PostAsJsonAsync("/api/jobs", new { prompt = "a red star" });
        var told = await Settled(client, hook);
        Assert.Equal(("givenUp", 1), (Text(told, "state"), told.GetProperty("attempts").GetInt32()));
        Assert.Contains("private network", Text(told, "fault"), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    private static Task<JsonElement> Settled(WebStudio studio, JsonElement hook) => Settled(studio.CreateClient(), hook);

    private static async Task<JsonElement> Settled(HttpClient client, JsonElement hook)
    {
        while (true)
        {
            var log = (await Answer.Of(await client.GetAsync($"/api/webhooks/{Text(hook, "id")}/deliveries"))).Json;
            if (log.EnumerateArray().FirstOrDefault(x => Text(x, "state") != "waiting") is { ValueKind: JsonValueKind.Object } settled)
            {
                return settled;
            }

            await Task.Yield();
        }
    }

    /// <summary>As a receiver computes it.</summary>
    private static string Signed(string secret, string id, string time, string body) =>
        "v1," + Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(
            Convert.FromBase64String(secret["whsec_".Length..]), System.Text.Encoding.UTF8.GetBytes($"{id}.{time}.{body}")));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
