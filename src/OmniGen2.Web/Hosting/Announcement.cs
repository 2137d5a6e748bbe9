using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Hosting;

/// <summary>Tells whoever started the studio, in the last line, where it is and with which model.</summary>
internal sealed class Announcement(IServer server, ModelHost model, TeamMode team, FirstAdministrator first, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var address = bound is null ? null : Reachable.From(bound);
        if (bound is not null && !team.IsOn && !TeamMode.IsLoopback(bound))
        {
            // However the server came to this address, nobody else may reach a studio without accounts.
            Console.Error.WriteLine($"Others can reach {bound}, and there are no accounts: start with ./run.sh --lan.");
            lifetime.StopApplication();
            return;
        }

        if (team.IsOn)
        {
            await Doors(address, stoppingToken);
        }

        await foreach (var state in model.Watch(stoppingToken))
        {
            Console.WriteLine(Line(state, address));
        }
    }

    private async Task Doors(string? address, CancellationToken stoppingToken)
    {
        if (address?.StartsWith("http:", StringComparison.Ordinal) == true && !TeamMode.IsLoopback(address))
        {
            Console.WriteLine("This is plain HTTP: whoever is on the same network can read passwords and pictures on their way. With a certificate: ./run.sh --lan --cert studio.pem --cert-key studio.key");
        }

        if (await first.Open(stoppingToken) is { } token)
        {
            Console.WriteLine($"There is no administrator yet. This link makes whoever opens it first the one: {address}/first/{token}");
        }
    }

    private static string Line(ModelState state, string? address) => state switch
    {
        ModelState.Ready ready => $"OmniGen2 Studio with {ready.Info.Name}: {address}",
        ModelState.Failed failed => $"{failed.Message}\nOmniGen2 Studio without a model: {address}",
        _ => $"OmniGen2 Studio, still loading its model: {address}",
    };
}
