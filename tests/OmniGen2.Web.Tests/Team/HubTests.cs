using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Circuits;
using OmniGen2.Web.Api.Rest;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Every method of every hub, and the pages behind a circuit, asked by everybody. A hub or method that is new and stands in no row fails here.</summary>
public sealed class HubTests(HubStudio studio) : IClassFixture<HubStudio>
{
    /// <summary>Method → what nobody, a viewer, another member, the owner of the job and the administrator get.</summary>
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["Watch"] = "closed refused refused item refused",
        ["Queue"] = "closed item item item item",
    };

    [Fact]
    public async Task Every_method_answers_each_as_the_table_says()
    {
        var job = await JobOf("owner");
        Assert.Equal(Rows.Keys.Order(), typeof(JobsHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(x => x.Name).Order());
        foreach (var (method, row) in Rows)
        {
            object?[] arguments = method == "Watch" ? [job.Id, null] : [];
            var answers = new List<string>();
            foreach (var name in HubStudio.Who)
            {
                answers.Add((await HubCall.First(studio.Address, studio.Of(name).Cookies, method, arguments)).Split(':')[0]);
            }

            Assert.Equal((method, row), (method, string.Join(' ', answers)));
        }

        var refusal = await HubCall.First(studio.Address, studio.Of("other").Cookies, "Watch", job.Id, null);
        Assert.Contains("There is no job", refusal, StringComparison.Ordinal);
        Assert.Equal(refusal.Replace($"{job.Id}", "", StringComparison.Ordinal), (await HubCall.First(studio.Address, studio.Of("other").Cookies, "Watch", Guid.Empty, null)).Replace($"{Guid.Empty}", "", StringComparison.Ordinal));
        Assert.Equal("refused", (await HubCall.First(studio.Address, studio.Of("owner").Cookies, "Dispose")).Split(':')[0]);
    }

    [Fact]
    public async Task Shared_job_is_followed_by_who_may_see_it()
    {
        var job = await JobOf("owner");
        await Asker.As(Sessions.Of(await Person("owner")), () => studio.Team.Service<Shares>().With(new ShareSubject(ShareKind.Picture, job.Id), null));
        foreach (var name in (string[])["viewer", "other", "admin"])
        {
            Assert.Equal("item", await HubCall.First(studio.Address, studio.Of(name).Cookies, "Watch", job.Id, null));
        }
    }

    [Fact]
    public void No_hub_is_left_out() => Assert.Equal(
        ["ComponentHub", "JobsHub"],
        studio.Team.Studio.Services.GetServices<EndpointDataSource>().SelectMany(x => x.Endpoints).Select(x => x.Metadata.GetMetadata<HubMetadata>()?.HubType.Name).OfType<string>().Distinct().Order());

    [Theory]
    [InlineData("viewer", "/", false)]
    [InlineData("viewer", "/chat", false)]
    [InlineData("viewer", "/admin/queue", false)]
    [InlineData("other", "/admin", false)]
    [InlineData("other", "/admin/disk", false)]
    [InlineData("other", "/", true)]
    [InlineData("admin", "/admin/disk", true)]
    public async Task Circuit_that_is_led_to_a_page_by_hand_shows_it_only_to_who_may(string name, string path, bool may)
    {
        var (http, cookies) = studio.Of(name);
        await using var browser = await SimulatedBrowser.Open(http, new Uri(studio.Address, "/gallery"), cookies);
        await browser.GoTo(path);
        Assert.Equal(may, !browser.Shown.Contains("Your role does not open this page", StringComparison.Ordinal));
        Assert.Null(browser.Fault);
    }

    [Fact]
    public async Task Nobody_opens_a_circuit_of_a_page() =>
        await Assert.ThrowsAnyAsync<Exception>(() => SimulatedBrowser.Open(studio.Of(null).Http, new Uri(studio.Address, "/gallery")));

    private async Task<PersonRow> Person(string name) => (await studio.Team.Service<People>().All(default)).Single(x => x.Name == name);

    private async Task<Job> JobOf(string name)
    {
        var owner = await Person(name);
        return await Asker.As(Sessions.Of(owner), () => studio.Team.Studio.Queue.Enqueue(TestStudio.Request()));
    }
}
