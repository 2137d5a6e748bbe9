namespace OmniGen2.Web.History;

/// <summary>Makes a backup whenever the last one is old enough.</summary>
internal sealed class BackupClock(BackupShelf shelf, RuleBook rules, TimeProvider time, ILogger<BackupClock> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);
    // So soon another rule counts.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var every = TimeSpan.FromHours(rules.Current.BackupHours);
            var wait = every > TimeSpan.Zero ? shelf.Latest + every - time.GetUtcNow() ?? TimeSpan.Zero : Longest;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < Longest ? wait : Longest, time, stoppingToken);
                continue;
            }

            try
            {
                logger.LogInformation("The backup {File} is made", shelf.Add());
            }
            catch (ModelException fault)
            {
                logger.LogError(fault, "The backup that is due cannot be made");
                await Task.Delay(AfterFault, time, stoppingToken);
            }
        }
    }
}
