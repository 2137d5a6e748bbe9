using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Hosting;

/// <summary>Tells whoever started the studio, in the last line, where it is and with which model.</summary>
internal sealed class Announcement(IServer server, ModelHost model, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        await foreach (var state in model.Watch(stoppingToken))
        {
            Console.WriteLine(Line(state, address));
        }
    }

    private static string Line(ModelState state, string? address) => state switch
    {
        ModelState.Ready ready => $"OmniGen2 Studio with {ready.Info.Name}: {address}",
        ModelState.Failed failed => $"{failed.Message}\nOmniGen2 Studio without a model: {address}",
        _ => $"OmniGen2 Studio, still loading its model: {address}",
    };
}
