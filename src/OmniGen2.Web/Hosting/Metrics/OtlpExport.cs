using System.Collections.Concurrent;
using System.Diagnostics;

namespace OmniGen2.Web.Hosting;

/// <summary>
/// Sends metrics and spans to an OpenTelemetry collector over HTTP, where OTEL_EXPORTER_OTLP_ENDPOINT names one. By hand, because the export packages
/// are not in every registry; collectors take the same JSON from anybody.
/// </summary>
internal sealed class OtlpExport(IConfiguration configuration, MetricsCollector collector, TimeProvider time, ILogger<OtlpExport> logger) : BackgroundService
{
    private const int MostSpans = 2_000;
    private const int UsualInterval = 60_000;
    private static readonly string[] Sources = ["Microsoft.AspNetCore", Jobs.JobActivity.Name];

    private readonly ConcurrentQueue<Activity> _spans = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } endpoint)
        {
            return;
        }

        logger.LogInformation("Metrics and spans go to {Endpoint}", endpoint);
        using var listener = new ActivityListener { ShouldListenTo = x => Sources.Contains(x.Name), Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = Keep };
        ActivitySource.AddActivityListener(listener);
        using var http = Client(endpoint);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(configuration.GetValue("OTEL_METRIC_EXPORT_INTERVAL", UsualInterval)), time);
        do
        {
            await Send(http, "v1/metrics", OtlpJson.Metrics(collector.Collect(), time.GetUtcNow()), stoppingToken);
            if (Taken() is { Count: > 0 } spans)
            {
                await Send(http, "v1/traces", OtlpJson.Spans(spans), stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private HttpClient Client(string endpoint)
    {
        var http = new HttpClient { BaseAddress = new Uri(endpoint.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(10) };
        foreach (var header in (configuration["OTEL_EXPORTER_OTLP_HEADERS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(x => x.Split('=', 2)).Where(x => x.Length == 2))
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(header[0].Trim(), header[1].Trim());
        }

        return http;
    }

    private void Keep(Activity span)
    {
        _spans.Enqueue(span);
        while (_spans.Count > MostSpans && _spans.TryDequeue(out _))
        {
        }
    }

    private List<Activity> Taken()
    {
        var taken = new List<Activity>();
        while (_spans.TryDequeue(out var span))
        {
            taken.Add(span);
        }

        return taken;
    }

    private async Task Send(HttpClient http, string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning(fault, "The collector did not take {Path}; what it missed of the metrics comes with the next", path);
        }
    }
}
