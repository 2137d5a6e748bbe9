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

    private static readonly string[] NoPages = ["/images/", "/thumbs/", "/films/", "/previews/", "/zip/", "/v1/", "/_", "/healthz"];

    /// <summary>Method and pattern → what nobody, a viewer, another member, the owner of the picture and the administrator are answered. "door": led to the sign-in; "away": led to the gallery.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["GET /"] = "door away 200 200 200",
        ["GET /pictures/{Id:guid}"] = "door away 200 200 200",
        ["GET /chat"] = "door away 200 200 200",
        ["GET /chat/{Id:guid}"] = "door away 200 200 200",
        ["GET /compose"] = "door away 200 200 200",
        ["GET /edit"] = "door away 200 200 200",
        ["GET /edit/{Id:guid}"] = "door away 200 200 200",
        ["GET /gallery"] = "door 200 200 200 200",
        ["GET /queue"] = "door 200 200 200 200",
        ["GET /account"] = "door 200 200 200 200",
        ["GET /compare/{A:guid}/{B:guid}"] = "door 200 200 200 200",
        ["GET /pictures/{Id:guid}/tree"] = "door 200 200 200 200",
        ["GET /not-found"] = "door 200 200 200 200",
        ["GET /error"] = "door 200 200 200 200",
        ["GET /sign-in"] = "200 200 200 200 200",
        ["GET /sign-up"] = "200 200 200 200 200",
        ["GET /first/{Token}"] = "200 200 200 200 200",
        ["GET /join/{Token}"] = "200 200 200 200 200",
        ["GET /reset/{Person}"] = "200 200 200 200 200",
        ["GET /images/{id:guid}.png"] = "401 404 404 200 404",
        ["GET /images/{id:guid}/download"] = "401 404 404 200 404",
        ["GET /thumbs/{id:guid}"] = "401 404 404 200 404",
        ["GET /films/{id:guid}"] = "401 404 404 200 404",
        ["GET /previews/{job:guid}"] = "401 404 404 200 404",
        ["GET /zip/{ticket:guid}"] = "401 404 404 404 404",
        ["POST /uploads"] = "401 403 400 400 400",
        ["POST /sign-out"] = "401 302 302 302 302",
        ["POST /look"] = "401 403 403 403 404",
        ["POST /look/end"] = "401 302 302 302 302",
        ["GET /admin"] = "door away away away 200",
        ["GET /admin/invitations"] = "door away away away 200",
        ["GET /admin/sessions"] = "door away away away 200",
        ["GET /admin/audit"] = "door away away away 200",
        ["GET /admin/audit.csv"] = "door away away away 200",
        ["GET /admin/people/{id}/export"] = "door away away away 404",
        ["GET /healthz"] = "200 200 200 200 200",
        ["GET /v1/models"] = "401 403 200 200 200",
        ["GET /v1/models/{name}"] = "401 403 404 404 404",
        ["POST /v1/images/generations"] = "401 403 400 400 400",
        ["POST /v1/images/edits"] = "401 403 400 400 400",
        ["POST /v1/chat/completions"] = "401 403 400 400 400",
        ["POST /v1/responses"] = "401 403 400 400 400",
        ["* /v1/{**path}"] = "401 403 404 404 404",
        ["GET /{**path:file}"] = "door 404 404 404 404",
        ["* /_blazor/negotiate"] = "401 200 200 200 200",
        ["* /_blazor"] = "401 400 400 400 400",
        ["* /_blazor/disconnect/"] = "401 405 405 405 405",
        ["* /_blazor/initializers/"] = "401 200 200 200 200",
        ["GET /_framework/opaque-redirect"] = "401 400 400 400 400",
    };

    [Fact]
    public async Task Every_endpoint_answers_each_as_the_table_says()
    {
        await using var team = new TeamStudio();
        var people = await Browsers(team);
        var picture = await PictureOf((await team.Service<People>().All(default)).Single(x => x.Name == "owner"), team);
        var wrong = new List<string>();
        foreach (var (name, endpoint) in Endpoints(team))
        {
            if (!Expected.TryGetValue(name, out var row))
            {
                wrong.Add($"{name} has no row: nobody {await Ask(people[0], name, picture)}");
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
        Assert.Empty(Expected.Keys.Except(Endpoints(team).Select(x => x.Name)));
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
