namespace OmniGen2.Web.History;

/// <summary>Empties the trash of what has lain there for <see cref="StudioRules.TrashDays"/>, a few times a day.</summary>
public sealed class TrashSweep(IEnumerable<ITrash> trashes, RuleBook rules, TimeProvider time, ILogger<TrashSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Sweep(stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task Sweep(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var trash in trashes)
            {
                if (await trash.Sweep(time.GetUtcNow().AddDays(-rules.Current.TrashDays), cancellationToken) is var count and > 0)
                {
                    logger.LogInformation("{Count} left the trash for good after {Days} days", count, rules.Current.TrashDays);
                }
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A locked database or a file that cannot be deleted: all is still there, and the next round tries again.
            logger.LogWarning(error, "The trash could not be emptied");
        }
    }
}
