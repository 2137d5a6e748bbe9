using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Api.Rest;

/// <summary>The OpenAPI document against the routes that really run.</summary>
public sealed partial class OpenApiTests
{
    private static readonly string[] Documented = ["/api", "/v1", "/healthz", "/readyz", "/metrics"];

    [Fact]
    public async Task Document_has_every_route_of_programs_and_no_other()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var document = (await studio.Ask("/openapi/studio.json")).Json;
        var running = Routes(studio).Order().ToList();
        var written = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"))
            .Where(x => Documented.Any(p => x.Split(' ')[1].StartsWith(p, StringComparison.Ordinal))).Order().ToList();
        Assert.Equal(running, written);
        Assert.Contains("POST /api/jobs", written);
    }

    [Fact]
    public async Task Every_route_says_what_it_does_and_its_bodies_name_their_fields()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var document = (await studio.Ask("/openapi/studio.json")).Json;
        var silent = document.GetProperty("paths").EnumerateObject().Where(x => x.Name.StartsWith("/api", StringComparison.Ordinal) || x.Name.StartsWith("/v1", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Where(x => !x.Value.TryGetProperty("summary", out _)).Select(x => $"{x.Name} {path.Name}"));
        Assert.Empty(silent);
        var order = document.GetProperty("components").GetProperty("schemas").GetProperty("JobOrder").GetProperty("properties");
        Assert.True(order.TryGetProperty("textGuidance", out _), order.ToString());
    }

    [Fact]
    public async Task Answers_have_the_fields_that_the_document_names()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var document = (await studio.Ask("/openapi/studio.json")).Json;
        var job = (await studio.Call("/api/jobs", new { prompt = "a red star" })).Json.GetProperty("jobs")[0];
        await studio.Events(job.GetProperty("id").GetString()!);
        foreach (var (path, schema) in new[] { ("/api/jobs", "JobPage"), ("/api/pictures", "PicturePage"), ("/api/queue", "QueueView"), ($"/api/jobs/{job.GetProperty("id")}", "JobView") })
        {
            var named = document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties");
            Assert.All((await studio.Ask(path)).Json.EnumerateObject(), x => Assert.True(named.TryGetProperty(x.Name, out _), $"{path}: {x.Name}"));
        }
    }

    [Fact]
    public async Task Page_needs_nothing_from_elsewhere()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var page = await studio.Ask("/docs");
        Assert.Contains("For programs", page.Text, StringComparison.Ordinal);
        foreach (Match link in Links().Matches(page.Text))
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await studio.Ask("/" + link.Groups[1].Value)).Status);
        }
    }

    private static IEnumerable<string> Routes(WebStudio studio) =>
        from endpoint in studio.Services.GetServices<EndpointDataSource>().SelectMany(x => x.Endpoints).OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()
        where methods is not null
        let pattern = "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "{$1}")
        where Documented.Any(p => pattern.StartsWith(p, StringComparison.Ordinal))
        from method in methods.HttpMethods
        select $"{method} {pattern}";

    [GeneratedRegex(@"\{\**(\w+)(:\w+)?\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("(?:href|src)=\"([^\"#]*\\.\\w+)\"")]
    private static partial Regex Links();
}
