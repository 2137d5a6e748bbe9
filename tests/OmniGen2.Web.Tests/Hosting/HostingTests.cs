using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Api;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task Page_comes_with_headers_that_let_nothing_foreign_in()
    {
        await using var studio = new WebStudio(new FakePipeline());
        using var response = await studio.CreateClient().GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Page_and_everything_it_names_is_served_from_here()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var client = studio.CreateClient();
        var html = await client.GetStringAsync("/");
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        var links = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"([^\"#]+\\.[a-z0-9]+(?:\\?[^\"]*)?)\"").Select(x => x.Groups[1].Value).Distinct().ToList();
        Assert.Contains(links, x => x.Contains("blazor.web", StringComparison.Ordinal));
        foreach (var link in links)
        {
            Assert.DoesNotContain("//", link, StringComparison.Ordinal);
            using var response = await client.GetAsync(link);
            Assert.True(response.IsSuccessStatusCode, $"{link}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Address_that_leads_nowhere_says_so_and_shows_the_way()
    {
        await using var studio = new WebStudio(new FakePipeline());
        using var response = await studio.CreateClient().GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("no such page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_that_fails_says_so_without_telling_why()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var client = studio.CreateClient();
        await using (var db = await studio.Services.GetRequiredService<IDbContextFactory<HistoryDb>>().CreateDbContextAsync())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE Pictures");
        }

        using var response = await client.GetAsync(Links.Picture(Guid.NewGuid()));
        var html = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("The studio and its jobs go on", html, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Page_of_another_site_may_not_act_here(string? origin, HttpStatusCode expected)
    {
        await using var studio = new WebStudio(new FakePipeline());
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            negotiate.Headers.Add("Origin", origin);
        }

        Assert.Equal(expected, (await studio.CreateClient().SendAsync(negotiate)).StatusCode);
    }

    [Fact]
    public async Task Site_is_up_and_says_so_while_the_model_loads()
    {
        using var loaded = new ManualResetEventSlim();
        await using var studio = new WebStudio(_ =>
        {
            loaded.Wait();
            return new FakePipeline();
        });
        var client = studio.CreateClient();
        Assert.Equal(new HealthReport("ok", "loading", 0), await client.GetFromJsonAsync<HealthReport>("/healthz"));
        var job = await studio.Queue.Enqueue(TestStudio.Request());
        Assert.IsType<JobUpdate.Queued>(job.Latest);
        loaded.Set();
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        Assert.Equal(new HealthReport("ok", "ready", 0), await client.GetFromJsonAsync<HealthReport>("/healthz"));
    }

    [Fact]
    public async Task Checkpoint_that_cannot_be_loaded_is_told_to_who_asks_for_a_picture()
    {
        await using var studio = new WebStudio(_ => throw new ModelException("The folder is empty: name a checkpoint."));
        await studio.Model.Watch().FirstAsync(x => x is ModelState.Failed);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(TestStudio.Request()));
        Assert.Equal("The folder is empty: name a checkpoint.", refusal.Message);
        Assert.Equal("failed", (await studio.CreateClient().GetFromJsonAsync<HealthReport>("/healthz"))!.Model);
    }

    [Theory]
    [InlineData("Model:DType", "int3", "Model:DType")]
    [InlineData("Model:Device", "gpu", "Model:Device must be auto, cpu, cuda")]
    [InlineData("Model:Residency", "disk", "Model:Residency must be auto, all, model or streamed")]
    [InlineData("Model:Weights", "int4", "Model:Weights must be full, int8 or fp8")]
    [InlineData("Model:Graphs", "on", "Model:Graphs must be auto or off")]
    [InlineData("Model:Path", "", "Model:Path is empty")]
    [InlineData("Studio:MaxWaiting", "0", "Studio:MaxWaiting must be from 1 to 100000")]
    [InlineData("Queue:Together", "sometimes", "Queue:Together must be streamed, always or never")]
    [InlineData("Queue:Lanes", "0", "Queue:Lanes must be from 1 to 16")]
    public async Task Setting_that_is_wrong_stops_the_start_and_is_named(string name, string value, string expected)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestStudio.Start(new FakePipeline(), folder: null, (name, value)));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
