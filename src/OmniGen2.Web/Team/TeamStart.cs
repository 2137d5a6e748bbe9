namespace OmniGen2.Web.Team;

/// <summary>Decides whether there are accounts before anybody can ask, and gives what has no owner yet to the first administrator.</summary>
internal sealed class TeamStart(TeamMode mode, FirstAdministrator first) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await mode.Decide(cancellationToken);
        if (mode.IsOn)
        {
            await first.TakeOver(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
