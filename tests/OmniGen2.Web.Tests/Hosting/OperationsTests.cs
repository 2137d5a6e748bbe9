using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;
using OmniGen2.Web.Tests.Api.OpenAi;
using OmniGen2.Web.Tests.Team;

namespace OmniGen2.Web.Tests.Hosting;

public sealed class OperationsTests
{
    [Fact]
    public async Task Studio_is_ready_with_a_model_and_says_what_it_lacks()
    {
        await using var studio = new WebStudio(new FakePipeline());
        await studio.Model.Watch().FirstAsync(x => x is ModelState.Ready);
        Assert.Equal(HttpStatusCode.OK, (await studio.Ask("/readyz")).Status);

        await using var full = new WebStudio(new FakePipeline(), null, ("Studio:MinFreeMegabytes", "1000000000"));
        await full.Model.Watch().FirstAsync(x => x is ModelState.Ready);
        var answer = await full.Ask("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal((true, true, false), (Flag("model"), Flag("database"), Flag("disk")));

        await using var broken = new WebStudio(_ => throw new ModelException("There is no checkpoint."));
        await broken.Model.Watch().FirstAsync(x => x is ModelState.Failed);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await broken.Ask("/readyz")).Status);
        Assert.Equal(HttpStatusCode.OK, (await broken.Ask("/healthz")).Status);

        bool Flag(string name) => answer.Json.GetProperty(name).GetBoolean();
    }

    [Fact]
    public async Task Metrics_count_jobs_work_and_requests()
    {
        await using var studio = new WebStudio(FakePipeline.Held());
        studio.UseKestrel(0);
        studio.StartServer();
        await studio.Call("/api/jobs", new { prompt = "a red star", count = 3 });
        await studio.Queue.Watch().FirstAsync(x => x.Running is not null);
        Assert.Equal(2, Value(await studio.Ask("/metrics"), "studio_queue_length"));
        studio.Pipeline!.Open();
        await studio.Queue.Watch().FirstAsync(x => x.Running is null && x.Waiting.Count == 0);

        var metrics = await studio.Ask("/metrics");
        Assert.Equal(3, Value(metrics, "studio_jobs_total{kind=\"picture\",role=\"none\",state=\"done\"}"));
        Assert.Equal(0, Value(metrics, "studio_queue_length"));
        Assert.True(Value(metrics, "studio_memory_resident_bytes") > 1 << 20);
        Assert.Contains("http_server_request_duration_seconds_bucket", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/api/jobs", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("# TYPE studio_gpu_seconds_total counter", metrics.Text, StringComparison.Ordinal);
        Assert.All(metrics.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(x => x[0] != '#'), x => double.Parse(x[(x.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Metrics_tell_seconds_of_the_model_by_role_where_there_are_accounts()
    {
        await using var team = new TeamStudio();
        var person = await team.Add("Member", Role.Member);
        var job = await Asker.As(Sessions.Of(person), () => team.Studio.Queue.Enqueue(TestStudio.Request()));
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        using var browser = await team.SignedIn("Member");
        var metrics = await Answer.Of(await browser.GetAsync("/metrics"));
        Assert.Equal(1, Value(metrics, "studio_jobs_total{kind=\"picture\",role=\"member\",state=\"done\"}"));
        Assert.True(Value(metrics, "studio_gpu_seconds_total{kind=\"picture\",role=\"member\"}") > 0);
    }

    [Fact]
    public async Task Lines_of_the_log_about_a_job_carry_its_id()
    {
        using var log = new JsonLog();
        await using var quiet = new WebStudio(new FakePipeline { Fault = (_, step) => step == 2 ? new InvalidOperationException("It broke.") : null });
        await using var studio = quiet.WithWebHostBuilder(x => x.ConfigureLogging(logging => logging.AddProvider(log)));
        using var client = studio.CreateClient();
        var taken = await Answer.Of(await client.PostAsJsonAsync("/api/jobs", new { prompt = "a red star" }));
        var job = taken.Json.GetProperty("jobs")[0].GetProperty("id").GetString()!;
        await studio.Services.GetRequiredService<JobQueue>().Find(Guid.Parse(job))!.Completion();
        var line = log.Lines.Single(x => x.TryGetProperty("Exception", out var fault) && fault.GetString()!.Contains("It broke.", StringComparison.Ordinal));
        Assert.Contains(line.GetProperty("Scopes").EnumerateArray(), x => x.TryGetProperty("JobId", out var id) && id.GetString() == job);
    }

    [Fact]
    public async Task Collector_is_sent_metrics_and_spans_when_one_is_named()
    {
        var heard = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        var both = new TaskCompletionSource();
        var builder = WebApplication.CreateSlimBuilder();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{kind}", async (string kind, HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            heard.AddOrUpdate(kind, body, (_, old) => old + body);
            if (heard.TryGetValue("metrics", out var metrics) && metrics.Contains("studio.queue.length", StringComparison.Ordinal)
                && heard.TryGetValue("traces", out var traces) && traces.Contains("job.id", StringComparison.Ordinal))
            {
                both.TrySetResult();
            }
        });
        await collector.StartAsync();
        await using var studio = new WebStudio(new FakePipeline(), null, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_METRIC_EXPORT_INTERVAL", "50"));
        await studio.Ask("/metrics");
        while (!both.Task.IsCompleted)
        {
            // Spans of jobs that ended before the listener was there are heard by nobody.
            await studio.Call("/v1/images/generations", new { prompt = "a red star", size = "64x64", num_inference_steps = 2 });
        }

        Assert.Contains("\"service.name\"", heard["metrics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_keeps_what_runs_and_waits_for_nobody_who_only_looks()
    {
        using var disk = new TemporaryFolder();
        string job;
        await using (var studio = new WebStudio(FakePipeline.Held(), disk))
        {
            Assert.True(studio.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout <= TimeSpan.FromSeconds(5));
            job = (await studio.Call("/api/jobs", new { prompt = "a red star", steps = 1000 })).Json.GetProperty("jobs")[0].GetProperty("id").GetString()!;
            var running = studio.Queue.Find(Guid.Parse(job))!;
            studio.Pipeline!.Allow(4);
            await running.Watch().FirstAsync(x => x is JobUpdate.Working { Step: 3 });
            // Somebody follows the job, with no end in sight.
            var watching = studio.CreateClient().GetStringAsync($"/api/jobs/{job}/events");
            var stopping = studio.Services.GetRequiredService<IHost>().StopAsync();
            while (!stopping.IsCompleted)
            {
                // The worker looks between two steps whether it shall end.
                studio.Pipeline.Allow(1);
                await Task.Yield();
            }

            await stopping;
            Assert.DoesNotContain("event: ended", await watching.ContinueWith(x => x.IsCompletedSuccessfully ? x.Result : "", TaskScheduler.Default), StringComparison.Ordinal);
        }

        await using var next = new WebStudio(new FakePipeline(), disk);
        await next.Queue.Watch().FirstAsync(x => x.Running is null && x.Waiting.Count == 0 && next.Model.Info is not null);
        Assert.Equal("done", (await next.Ask($"/api/jobs/{job}")).Json.GetProperty("state").GetString());
        Assert.DoesNotContain("a red star:1", next.Pipeline!.Log);
    }

    private static double Value(Answer metrics, string series) => double.Parse(
        metrics.Text.Split('\n').Single(x => x.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], CultureInfo.InvariantCulture);
}
