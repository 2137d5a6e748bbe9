namespace OmniGen2.Web.History;

/// <summary>Keeps the steps of finished pictures within the time and the space that the settings give them.</summary>
internal sealed class StepSweeper(StepStore steps, TimeProvider time, ILogger<StepSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                steps.Sweep();
            }
            catch (IOException error)
            {
                logger.LogWarning(error, "Old steps cannot be deleted");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
