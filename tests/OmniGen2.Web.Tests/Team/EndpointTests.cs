using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Everything that can be asked of the running application, asked by everybody. What is new and stands in no row fails here.</summary>
public sealed class EndpointTests
{
    private static readonly string[] Who = ["nobody", "viewer", "other", "owner", "admin"];

    private static readonly string[] NoPages = ["/images/", "/thumbs/", "/films/", "/previews/", "/zip/", "/v1/", "/_", "/healthz", "/s/", "/api/", "/readyz", "/metrics", "/hubs/"];

    [Fact]
    public async Task Every_endpoint_answers_each_as_the_table_says()
    {
        await using var team = new TeamStudio();
        var people = await Browsers(team);
        var picture = await PictureOf((await team.Service<People>().All(default)).Single(x => x.Name == "owner"), team);
        var wrong = new List<string>();
        foreach (var (name, endpoint) in Endpoints(team))
        {
            if (!EndpointTable.Rows.TryGetValue(name, out var row))
            {
                var all = new List<string>();
                foreach (var person in people)
                {
                    all.Add(await Ask(person, name, picture));
                }

                wrong.Add($"{name} has no row, and answers {string.Join(' ', all)}");
                continue;
            }

            var answers = new List<string>();
            foreach (var person in people)
            {
                answers.Add(await Ask(person, name, picture));
            }

            // Who signs out is out.
            people = name == "POST /sign-out" ? await Browsers(team, add: false) : people;
            if (string.Join(' ', answers) is var got && got != row)
            {
                wrong.Add($"{name} ({string.Join(' ', Who)}): {got}, expected {row}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(EndpointTable.Rows.Keys.Except(Endpoints(team).Select(x => x.Name)));
    }

    /// <summary>Without those that are files of the studio itself, which are everybody's.</summary>
    private static List<(string Name, RouteEndpoint Endpoint)> Endpoints(TeamStudio team) =>
    [
        .. team.Studio.Services.GetServices<EndpointDataSource>().SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(x => ($"{Method(x)} /{x.RoutePattern.RawText!.TrimStart('/')}", x)).DistinctBy(x => x.Item1),
    ];

    private static string Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "*";

    private static async Task<HttpClient[]> Browsers(TeamStudio team, bool add = true)
    {
        var roles = new Dictionary<string, Role> { ["viewer"] = Role.Viewer, ["other"] = Role.Member, ["owner"] = Role.Member, ["admin"] = Role.Administrator };
        var browsers = new List<HttpClient> { team.Browser() };
        foreach (var (name, role) in roles)
        {
            if (add)
            {
                await team.Add(name, role);
            }

            browsers.Add(await team.SignedIn(name));
        }

        return [.. browsers];
    }

    private static async Task<Guid> PictureOf(PersonRow owner, TeamStudio team)
    {
        var job = await Asker.As(Sessions.Of(owner), () => team.Studio.Queue.Enqueue(TestStudio.Request()));
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        return job.Id;
    }

    private static async Task<string> Ask(HttpClient browser, string endpoint, Guid picture)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        path = path.Replace("{ticket:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{[A-Za-z]+:guid\}", picture.ToString());
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]+\}", "unknown");
        using var request = new HttpRequestMessage(new HttpMethod(path.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : method == "*" ? "GET" : method), path);
        if (method == "GET")
        {
            request.Headers.Accept.ParseAdd(IsPage(path) ? "text/html" : "*/*");
        }
        else if (path == "/look")
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode != HttpStatusCode.Redirect || method == "POST" ? $"{(int)answer.StatusCode}"
            : answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal) ? "door"
            : answer.Headers.Location.OriginalString == "/gallery" ? "away" : answer.Headers.Location.OriginalString;
    }

    private static bool IsPage(string path) => !NoPages.Any(x => path.StartsWith(x, StringComparison.Ordinal));
}
