using System.Net;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>A studio on a real port with somebody of each role, whose pictures are never done.</summary>
public sealed class HubStudio : IAsyncLifetime
{
    private readonly Dictionary<string, (HttpClient Http, CookieContainer Cookies)> _browsers = [];

    /// <summary>Null is nobody.</summary>
    public static IReadOnlyList<string?> Who { get; } = [null, "viewer", "other", "owner", "admin"];

    public Uri Address { get; private set; } = default!;

    internal TeamStudio Team { get; } = new(FakePipeline.Held());

    public async Task InitializeAsync()
    {
        Address = Team.Listen();
        foreach (var name in Who)
        {
            if (name is not null)
            {
                await Team.Add(name, name switch { "viewer" => Role.Viewer, "admin" => Role.Administrator, _ => Role.Member });
            }

            _browsers[name ?? ""] = await TeamStudio.Remote(Address, name);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var (http, _) in _browsers.Values)
        {
            http.Dispose();
        }

        await Team.DisposeAsync();
    }

    /// <summary>The browser of one of them.</summary>
    internal (HttpClient Http, CookieContainer Cookies) Of(string? name) => _browsers[name ?? ""];
}
