using Microsoft.Extensions.Options;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.History;

/// <summary>Makes a backup whenever the last one is old enough.</summary>
internal sealed class BackupClock(BackupShelf shelf, IOptions<BackupOptions> options, TimeProvider time, ILogger<BackupClock> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = TimeSpan.FromHours(options.Value.EveryHours);
        while (every > TimeSpan.Zero)
        {
            var wait = shelf.Latest + every - time.GetUtcNow() ?? TimeSpan.Zero;
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
