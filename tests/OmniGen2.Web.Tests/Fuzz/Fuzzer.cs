using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace OmniGen2.Web.Tests.Fuzz;

/// <summary>Sends requests that are almost right, one after the other, and judges what comes back.</summary>
internal sealed partial class Fuzzer(HttpClient client, RequestMutator mutator)
{
    // The files of the studio itself are hundreds, all served by the same code.
    private const int StudioFiles = 3;

    // A request hangs when it took ten seconds and the studio answered a plain question a hundred times meanwhile: so a busy machine, where both
    // take longer, is no fault of the request.
    private const int Beats = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    // Nothing at all is answered any more.
    private static readonly TimeSpan Dead = TimeSpan.FromMinutes(5);

    /// <summary>Method and pattern of whatever takes requests.</summary>
    public static IReadOnlyList<(string Method, string Pattern)> Routes(IServiceProvider services)
    {
        var all = services.GetServices<EndpointDataSource>().SelectMany(x => x.Endpoints).OfType<RouteEndpoint>().ToList();
        var files = all.Where(x => x.Metadata.GetMetadata<StaticAssetDescriptor>() is not null).Take(StudioFiles);
        return
        [
            .. from endpoint in all.Where(x => x.Metadata.GetMetadata<StaticAssetDescriptor>() is null).Concat(files)
               from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "DELETE"]
               select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/')),
        ];
    }

    /// <summary>How many were answered with each status.</summary>
    public Dictionary<int, int> Answers { get; } = [];

    /// <summary>Requests that failed for a reason that they should not have; the log tells it.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The longest that a request took, and which one.</summary>
    public (TimeSpan Time, string Request) Slowest { get; private set; }

    public async Task Send(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var request = mutator.Next();
            var what = $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : Short(Encoding.Latin1.GetString(await request.Content.ReadAsByteArrayAsync())))}";
            var began = Stopwatch.GetTimestamp();
            using var response = await Answer(request, what);
            Slowest = Stopwatch.GetElapsedTime(began) is var took && took > Slowest.Time ? (took, what) : Slowest;
            var status = (int)response.StatusCode;
            Answers[status] = Answers.GetValueOrDefault(status) + 1;
            if (status >= 500 && response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                var said = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
                Faults.Add($"{what}\n{Short(said)}");
                Assert.True(LogId().IsMatch(said), $"{status} without a number of the log: {what}\n{Short(said)}");
            }

            await LetGoOn(request);
        }
    }

    /// <summary>A queue that was told to stand still would let every request after this one wait.</summary>
    private async Task LetGoOn(HttpRequestMessage request)
    {
        if (request.RequestUri!.OriginalString.Split('?')[0] is var path && path.EndsWith("/halt", StringComparison.Ordinal))
        {
            using var resumed = await client.PostAsync(path[..^"halt".Length] + "resume", null);
        }
    }

    private async Task<HttpResponseMessage> Answer(HttpRequestMessage request, string what)
    {
        using var dead = new CancellationTokenSource(Dead);
        var answer = client.SendAsync(request, HttpCompletionOption.ResponseContentRead, dead.Token);
        var since = Stopwatch.StartNew();
        for (var beats = 0; beats < Beats || since.Elapsed < Longest; beats++)
        {
            if (await Task.WhenAny(answer, Task.Delay(Beat)) == answer)
            {
                return await answer;
            }

            using var alive = await client.GetAsync("/healthz", dead.Token);
        }

        Assert.Fail($"No answer after {since.Elapsed.TotalSeconds:0} seconds: {what}");
        return await answer;
    }

    private static string Short(string text) => text.Length > 400 ? text[..400] : text;

    [GeneratedRegex("(log tells more under |reason under <code>)[0-9A-Za-z:-]+")]
    private static partial Regex LogId();
}
