using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Team;

/// <summary>Whether there are accounts: always where others than this machine can reach the studio, and wherever somebody has one already.</summary>
public sealed class TeamMode(IConfiguration configuration, IOptions<TeamOptions> options, IDbContextFactory<HistoryDb> history)
{
    /// <summary>Until it is decided nobody comes in without an account.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>Called once, when the database is up to date and before anybody can ask.</summary>
    internal async Task Decide(CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        IsOn = options.Value.Accounts || Addresses(configuration).Any(x => !IsLoopback(x)) || await db.Users.AnyAsync(cancellationToken);
    }

    /// <summary>An address as it is given to the server, such as http://0.0.0.0:7860.</summary>
    internal static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>Everywhere that ASP.NET Core takes an address from.</summary>
    private static IEnumerable<string> Addresses(IConfiguration configuration) =>
        Split(configuration["urls"])
            .Concat(Split(configuration["http_ports"]).Select(x => $"http://*:{x}"))
            .Concat(Split(configuration["https_ports"]).Select(x => $"https://*:{x}"))
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(x => x["Url"]).OfType<string>());

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
