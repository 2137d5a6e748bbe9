using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Hosting;

/// <summary>Whether the studio can do its work right now, and what it measures, for programs that look after it.</summary>
public static class Readiness
{
    public static void AddReadiness(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<StudioMetrics>();
        builder.Services.AddSingleton<MetricsCollector>();
        builder.Services.AddHostedService<OtlpExport>();
    }

    public static void MapReadiness(this IEndpointRouteBuilder app)
    {
        // From the first request on, not from the first time that somebody asks.
        app.ServiceProvider.GetRequiredService<MetricsCollector>();
        app.MapGet("/readyz", Ready).AllowAnonymous().WithTags("Operations").WithSummary("200 when the model is loaded, the database can be written and the disk has room; else 503 and which is not so.");
        app.MapGet("/metrics", Metrics).WithTags("Operations").WithSummary("What the studio measures, in Prometheus' text format.");
    }

    private static async Task<Results<Ok<ReadyReport>, JsonHttpResult<ReadyReport>>> Ready(
        ModelHost model, DataFolder folder, IOptions<StudioOptions> options, IDbContextFactory<HistoryDb> history, CancellationToken cancellationToken)
    {
        var report = new ReadyReport(
            model.Info is not null, await CanWrite(history, cancellationToken), folder.FreeBytes >> 20 >= options.Value.MinFreeMegabytes);
        return report is { Model: true, Database: true, Disk: true }
            ? TypedResults.Ok(report)
            : TypedResults.Json(report, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static ContentHttpResult Metrics(MetricsCollector collector) => TypedResults.Text(PrometheusText.Write(collector.Collect()), PrometheusText.ContentType);

    /// <summary>Takes the lock that every write takes, and lets it go again.</summary>
    private static async Task<bool> CanWrite(IDbContextFactory<HistoryDb> history, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await history.CreateDbContextAsync(cancellationToken);
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: false);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}

/// <summary>Whether each is as it should be.</summary>
public sealed record ReadyReport(bool Model, bool Database, bool Disk);
