using System.Net;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using OmniGen2.Web.Team;
using OmniGen2.Web.Tests.History;

namespace OmniGen2.Web.Tests.Team;

/// <summary>How people come in, and how they are kept out.</summary>
public sealed class DoorTests
{
    private static readonly (string, string) Approval = ("Team:SignUp", "approval");

    [Theory]
    [InlineData("http://127.0.0.1:7860", true)]
    [InlineData("http://localhost:7860", true)]
    [InlineData("http://[::1]:7860", true)]
    [InlineData("http://0.0.0.0:7860", false)]
    [InlineData("http://*:7860", false)]
    [InlineData("https://192.168.1.5", false)]
    [InlineData("http://studio.lan", false)]
    public void Address_that_others_reach_is_told_from_one_that_they_do_not(string address, bool isLoopback) => Assert.Equal(isLoopback, TeamMode.IsLoopback(address));

    [Fact]
    public async Task Alone_on_this_machine_there_is_no_door()
    {
        await using var studio = new WebStudio(new FakePipeline());
        using var page = await studio.CreateClient().GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("/sign-in", page.RequestMessage!.RequestUri!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_of_the_console_makes_one_administrator_who_takes_over_what_was_there()
    {
        using var folder = new TemporaryFolder();
        var picture = Some.Picture();
        await using (var before = await TestStudio.Start(FakePipeline.Held(), folder))
        {
            await before.Keep(picture);
        }

        await using var team = new TeamStudio(folder: folder);
        var browser = team.Browser();
        var token = (await team.Service<FirstAdministrator>().Open(default))!;
        using (var come = await First(browser, token, "Mira"))
        {
            Assert.Equal("http://localhost/", come.Headers.Location?.OriginalString);
        }

        using var again = await browser.GetAsync($"/first/{token}");
        Assert.Contains("This link is used", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var mira = Assert.Single(await team.Service<People>().All(default));
        Assert.Equal((Role.Administrator, "Mira"), (mira.Role, mira.Name));
        Assert.NotNull(await Asker.As(Sessions.Of(mira), () => team.Studio.Images.Find(picture.Id, default)));
        Assert.Null(await team.Service<FirstAdministrator>().Open(default));
    }

    [Fact]
    public async Task Invitation_lets_one_person_in_once()
    {
        await using var team = new TeamStudio();
        var token = await team.Service<Invitations>().Invite(Role.Viewer, null);
        using (var come = await Join(team.Browser(), token, "Tomas"))
        {
            Assert.Equal(HttpStatusCode.Redirect, come.StatusCode);
        }

        Assert.Equal(Role.Viewer, Assert.Single(await team.Service<People>().All(default)).Role);
        using var replay = await team.Browser().GetAsync($"/join/{token}");
        Assert.Contains("This invitation is closed", await replay.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelException>(() => team.Service<Invitations>().Accept(token, new NewPerson("Eve", "eve@studio.lan", TeamStudio.Password)));
    }

    [Fact]
    public async Task Two_who_come_by_one_invitation_at_once_are_one_too_many()
    {
        await using var team = new TeamStudio();
        var invitations = team.Service<Invitations>();
        var token = await invitations.Invite(Role.Member, null);
        var comers = Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await invitations.Accept(token, new NewPerson($"P{i}", $"p{i}@studio.lan", TeamStudio.Password));
                return true;
            }
            catch (ModelException)
            {
                return false;
            }
        });
        Assert.Single(await Task.WhenAll(comers), true);
        Assert.Single(await team.Service<People>().All(default));
    }

    [Fact]
    public async Task Invitation_that_is_taken_back_or_too_old_is_closed()
    {
        await using var team = new TeamStudio();
        var invitations = team.Service<Invitations>();
        var taken = await invitations.Invite(Role.Member, null);
        await invitations.Revoke(Assert.Single(await invitations.List(default)).Id);
        Assert.Null(await invitations.Find(taken));

        var old = await invitations.Invite(Role.Member, null);
        await using (var db = await team.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync())
        {
            await db.Invitations.ExecuteUpdateAsync(x => x.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(-1)));
        }

        Assert.Null(await invitations.Find(old));
    }

    [Fact]
    public async Task Who_asks_for_an_account_waits_for_an_administrator()
    {
        await using var team = new TeamStudio(settings: Approval);
        using (var ask = await TeamStudio.Fill(team.Browser(), "/sign-up", "sign-up", ("Form.Name", "Ines"), ("Form.Email", "ines@studio.lan"), ("Form.Password", TeamStudio.Password)))
        {
            Assert.Contains("An administrator sees your wish", await ask.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var early = await TeamStudio.SignIn(team.Browser(), "Ines"))
        {
            Assert.Contains("has not let you in yet", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await team.Service<People>().Approve(Assert.Single(await team.Service<People>().All(default)).Id);
        using var late = await TeamStudio.SignIn(team.Browser(), "Ines");
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task Without_approval_nobody_signs_up()
    {
        await using var team = new TeamStudio();
        Assert.Contains("by invitation", await team.Browser().GetStringAsync("/sign-up"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelException>(() => team.Service<SignUps>().Ask(new NewPerson("Eve", "eve@studio.lan", TeamStudio.Password)));
    }

    [Fact]
    public async Task Wrong_password_and_unknown_address_are_told_the_same_and_soon_wait()
    {
        await using var team = new TeamStudio();
        await team.Add("Li", Role.Member);
        var browser = team.Browser();
        var known = await Tries(browser, "Li");
        Assert.Equal(known, await Tries(browser, "Nobody"));
        Assert.Contains("4 tries are left before a pause of 5 minutes", known[0], StringComparison.Ordinal);
        Assert.Contains("Too many tries", known[^1], StringComparison.Ordinal);
        // Not even the right one helps now.
        using var right = await TeamStudio.SignIn(browser, "Li");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Knocking_without_end_is_answered_with_wait()
    {
        await using var team = new TeamStudio();
        var browser = team.Browser();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 25; i++)
        {
            using var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([]));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses.Take(20));
    }

    [Fact]
    public async Task Door_leads_to_pages_of_the_studio_and_nowhere_else()
    {
        await using var team = new TeamStudio();
        await team.Add("Li", Role.Member);
        foreach (var (to, expected) in new[] { ("/gallery", "/gallery"), ("//evil.example/", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/") })
        {
            using var answer = await TeamStudio.SignIn(team.Browser(), "Li", to: to);
            Assert.Equal($"http://localhost{expected}", answer.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task Name_without_end_is_refused_in_a_sentence_and_markup_stays_text()
    {
        await using var team = new TeamStudio();
        var people = team.Service<People>();
        var refusal = await Assert.ThrowsAsync<ModelException>(() => people.Add(new NewPerson(new string('x', 10_000), "x@studio.lan", TeamStudio.Password), Role.Member, PersonState.Active));
        Assert.Contains("10000 characters and at most 60 fit", refusal.Message, StringComparison.Ordinal);

        await people.Add(new NewPerson("<script>alert(1)</script>", TeamStudio.Email("eve"), TeamStudio.Password), Role.Member, PersonState.Active);
        var html = await (await team.SignedIn("eve")).GetStringAsync("/account");
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    private static async Task<string[]> Tries(HttpClient browser, string name)
    {
        var said = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            using var answer = await TeamStudio.SignIn(browser, name, "a wrong password");
            var html = await answer.Content.ReadAsStringAsync();
            said.Add(System.Text.RegularExpressions.Regex.Match(html, "role=\"alert\">([^<]+)<").Groups[1].Value);
        }

        return [.. said];
    }

    private static Task<HttpResponseMessage> First(HttpClient browser, string token, string name) => Come(browser, $"/first/{token}", "first", name);

    private static Task<HttpResponseMessage> Join(HttpClient browser, string token, string name) => Come(browser, $"/join/{token}", "join", name);

    private static Task<HttpResponseMessage> Come(HttpClient browser, string page, string form, string name) =>
        TeamStudio.Fill(browser, page, form, ("Form.Name", name), ("Form.Email", TeamStudio.Email(name)), ("Form.Password", TeamStudio.Password));
}
